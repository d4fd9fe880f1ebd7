import { boundedText } from "../domain/shared/bounded-text.ts";

/** Parses an answer's body as JSON; throws when it is none, or longer than it may be. */
export async function readAnswer(response: Response, bytesMax: number): Promise<unknown> {
  const text = await boundedText(response.body, bytesMax);
  if (text === null) throw new Error(`the answer is longer than ${bytesMax} bytes`);
  return JSON.parse(text);
}

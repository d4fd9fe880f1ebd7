/** Parses an answer's body as JSON; throws when it is none, or longer than it may be. */
export async function readAnswer(response: Response, bytesMax: number): Promise<unknown> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    bytes += part.value.length;
    if (bytes > bytesMax) {
      await reader?.cancel();
      throw new Error(`the answer is longer than ${bytesMax} bytes`);
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return JSON.parse(text + decoder.decode());
}

import { z } from "zod";
import { boundedText } from "../domain/shared/bounded-text.ts";
import type { NameResolver } from "../domain/validator/peer-look.ts";

/** A resolver answers in some hundred bytes. */
const [answerBytesMost, msMost, addressesMost] = [16_384, 3_000, 32];
/** Kinds of records (RFC 1035, RFC 3596), and of answers: there is such a name, and there is none. */
const [a, aaaa] = [1, 28];
const [found, noSuchName] = [0, 3];

const answerJson = z.object({
  Status: z.int(),
  Answer: z
    .array(z.object({ type: z.int(), data: z.string().max(1024) }))
    .max(128)
    .default([]),
});

/** Resolves names by DNS over HTTPS, in JSON as Cloudflare's and Google's resolvers speak it. */
export class DohResolver implements NameResolver {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** IPv4 addresses; IPv6 ones where there are none of those. */
  async addresses(name: string): Promise<readonly string[] | null> {
    const four = await this.#ask(name, "A", a);
    return four === null || four.length > 0 ? four : await this.#ask(name, "AAAA", aaaa);
  }

  async #ask(name: string, type: string, number: number): Promise<readonly string[] | null> {
    const url = new URL(this.#url);
    url.searchParams.set("name", name);
    url.searchParams.set("type", type);
    try {
      const headers = { accept: "application/dns-json" };
      const response = await fetch(url, { headers, redirect: "manual", signal: AbortSignal.timeout(msMost) });
      const { Status, Answer } = answerJson.parse(
        JSON.parse((await boundedText(response.body, answerBytesMost)) ?? ""),
      );
      if (Status === noSuchName) return [];
      if (Status !== found) return null;
      // The answer tells the way there as well: names that stand for another.
      return Answer.filter((record) => record.type === number)
        .map(({ data }) => data)
        .slice(0, addressesMost);
    } catch {
      // No answer in time, or none that is one: nobody could tell.
      return null;
    }
  }
}

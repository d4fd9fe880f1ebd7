import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { contentBytesMax, contentsOf, readAct } from "../ceremony/act.ts";
import { actsMax } from "../ceremony/applied.ts";
import { decodeBundle, tilePath, tilesOf } from "../log/tiles.ts";
import { readArguments, UsageError } from "./arguments.ts";

/** See `run`. */
export const usage = "npm run genesis -- download --url https://DEPLOYMENT --network CHAIN_ID FOLDER";

const triesMax = 3;
const pauseMs = 500;
const answerMsMax = 60_000;

/**
 * Downloads a ceremony's log with every content that it names, into a folder that `verify` reads. Nothing is believed
 * here: that is `verify`'s work, which needs no network.
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { url: { type: "string" }, network: { type: "string" } });
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new UsageError("one folder to write to");
  if (values.url === undefined || !URL.canParse(values.url)) throw new UsageError("--url is no URL");
  if (values.network === undefined) throw new UsageError("--network is missing: the chain id");
  const base = `${values.url.replace(/\/+$/, "")}/api/v1/networks/${encodeURIComponent(values.network)}/ceremony/log`;
  const keep = async (path: string) => {
    const bytes = await fetchFile(`${base}/${path}`);
    const file = join(folder, ...path.split("/"));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
    return bytes;
  };
  const size = sizeIn(new TextDecoder().decode(await keep("checkpoint")));
  const contents = new Map<string, number>();
  for (const tile of tilesOf(size)) {
    const bytes = await keep(tilePath(tile));
    if (tile.level !== "entries") continue;
    for (const leaf of decodeBundle(bytes, tile.width) ?? []) {
      const act = readAct(leaf);
      if (typeof act === "string") continue;
      for (const content of contentsOf(act)) contents.set(content.sha256, content.size);
    }
  }
  for (const sha256 of contents.keys()) await keep(`content/${sha256}`);
  console.log(`${size} acts and ${contents.size} files are in ${folder}.`);
  console.log(`Now: npm run genesis -- verify --key VERIFIER_KEY ${folder}   (the key, from a source that you trust)`);
  return 0;
}

/** The number of leaves that a checkpoint speaks of: its second line. */
function sizeIn(checkpoint: string): number {
  const [, line = ""] = checkpoint.split("\n");
  const size = /^[1-9][0-9]{0,9}$/.test(line) ? Number(line) : Number.NaN;
  if (!(size <= actsMax))
    throw new Error(`the checkpoint speaks of ${line.slice(0, 20)} acts; at most ${actsMax} are read`);
  return size;
}

/** A file, asked for again when there is no answer. Throws with the server's own words. */
async function fetchFile(url: string): Promise<Uint8Array> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(answerMsMax) });
      if (answer.status >= 500 && attempt < triesMax) throw new Error(`${answer.status}`);
      if (!answer.ok) throw new Refused(`${url} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
      return await readBounded(answer, url);
    } catch (error) {
      if (error instanceof Refused || attempt >= triesMax) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs * attempt));
    }
  }
}

async function readBounded(answer: Response, url: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of answer.body ?? []) {
    length += chunk.length;
    if (length > contentBytesMax) throw new Refused(`${url} has more than ${contentBytesMax} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Asking again would not help. */
class Refused extends Error {
  override name = "Refused";
}

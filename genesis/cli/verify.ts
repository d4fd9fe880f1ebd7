import { readFile } from "node:fs/promises";
import { bytesToHex } from "@noble/hashes/utils.js";
import { assembleParts } from "../ceremony/assemble-parts.ts";
import type { Finding } from "../ceremony/download.ts";
import { readGentxFacts } from "../ceremony/gentx-facts.ts";
import { type Verified, verifyDownload } from "../ceremony/verify.ts";
import { parseVerifierKey, type VerifierKey } from "../log/key.ts";
import { readArguments, UsageError } from "./arguments.ts";
import { folderDownload } from "./folder.ts";

/** See `run`. */
export const usage = "npm run genesis -- verify --key KEY|FILE [--old-checkpoint FILE] [--json] FOLDER";

/**
 * Rebuilds a ceremony from its downloaded log and names everything that is not as the log's key signed it and the
 * rules demand. Answers 0 when there is nothing to name.
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, {
    key: { type: "string" },
    "old-checkpoint": { type: "string" },
    json: { type: "boolean", default: false },
  });
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new UsageError("one folder with the downloaded log");
  const key = await readKey(values.key);
  const old = values["old-checkpoint"];
  const verified = await verifyDownload(folderDownload(folder), {
    key,
    assemble: assembleParts,
    readGentx: readGentxFacts,
    ...(old === undefined ? {} : { oldCheckpoint: await readFile(old) }),
  });
  console.log(values.json ? asJson(verified) : asText(verified));
  return verified.findings.length === 0 ? 0 : 1;
}

async function readKey(given: string | undefined): Promise<VerifierKey> {
  if (given === undefined) throw new UsageError("--key is missing: the log's verifier key, from a source you trust");
  const key = parseVerifierKey(given) ?? parseVerifierKey((await readFile(given, "utf8").catch(() => "")).trim());
  if (key === null) throw new UsageError("--key is no verifier key and no file that holds one");
  return key;
}

function asText({ findings, checkpoint, state }: Verified): string {
  const lines = findings.map(line);
  if (checkpoint !== null)
    lines.push(`log       ${checkpoint.origin}, ${checkpoint.size} acts`, `root      ${bytesToHex(checkpoint.root)}`);
  if (state !== null) {
    lines.push(
      `ceremony  ${state.parameters.chainId}, phase ${state.phase}, ${state.gentxs.size} gentx${state.gentxs.size === 1 ? "" : "s"}`,
    );
    for (const { version, genesis } of state.seals)
      lines.push(`genesis   version ${version}, SHA-256 ${genesis.sha256}`);
  }
  lines.push(
    findings.length === 0 ? "ok        everything was rebuilt to the byte" : `FAILED    ${findings.length} findings`,
  );
  return lines.join("\n");
}

function line({ what, path, index, message }: Finding): string {
  const where = [path, index === undefined ? undefined : `leaf ${index}`].filter((part) => part !== undefined);
  return `${what}${where.length > 0 ? ` (${where.join(", ")})` : ""}: ${message}`;
}

function asJson({ findings, checkpoint, state }: Verified): string {
  return JSON.stringify(
    {
      ok: findings.length === 0,
      findings,
      log: checkpoint && { ...checkpoint, root: bytesToHex(checkpoint.root) },
      ceremony: state && {
        chainId: state.parameters.chainId,
        phase: state.phase,
        versions: state.seals.map(({ version, genesis }) => ({ version, sha256: genesis.sha256 })),
      },
    },
    null,
    2,
  );
}

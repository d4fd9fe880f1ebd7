import { readFile } from "node:fs/promises";
import { originInWord } from "../attest/word.ts";
import { UsageError } from "./arguments.ts";

/** The options by which a verb is told a challenge: the server's answer as a file, or each of its facts. */
export const challengeOptions = {
  challenge: { type: "string" },
  origin: { type: "string" },
  "chain-id": { type: "string" },
  operator: { type: "string" },
  version: { type: "string" },
  expires: { type: "string" },
  nonce: { type: "string" },
} as const;

/** How {@link challengeOptions} are told to people. */
export const challengeUsage = `  --challenge FILE   what the server answered, or instead of it:
  --origin O --chain-id ID --operator ADDRESS --version N --expires SECONDS --nonce HEX`;

/** What the server asks to be signed. */
export type ChallengeFacts = {
  readonly origin: string;
  readonly chainId: string;
  readonly operator: string;
  readonly version: number;
  readonly expiresSec: number;
  readonly nonce: string;
  /** The sealed file's SHA-256; null where only single facts were given. */
  readonly genesisSha256: string | null;
};

type Values = { readonly [K in keyof typeof challengeOptions]?: string | undefined };

/** Reads a challenge from options; `nonceName` is the nonce's name in the server's answer. */
export async function readChallenge(values: Values, nonceName: "attestNonce" | "beaconNonce"): Promise<ChallengeFacts> {
  const told = values.challenge === undefined ? {} : await readAnswer(values.challenge);
  const text = (option: keyof Values, name: string) => {
    const value = values[option] ?? told[name];
    if (typeof value === "string" || typeof value === "number") return String(value);
    throw new UsageError(`--${option} is missing, and no challenge says it`);
  };
  const sha256 = told.genesisSha256;
  return {
    origin: originInWord(text("origin", "origin")),
    chainId: text("chain-id", "chainId"),
    operator: text("operator", "operator"),
    version: Number(text("version", "version")),
    expiresSec: Number(text("expires", "expires")),
    nonce: text("nonce", nonceName),
    genesisSha256: typeof sha256 === "string" ? sha256 : null,
  };
}

async function readAnswer(path: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw new UsageError(`${path} can't be read`, { cause: error });
  });
  const value = parsed(text);
  if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  throw new UsageError(`${path} is no challenge`);
}

/** JSON, or null; a message of the parser could show what stands in a secret file. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

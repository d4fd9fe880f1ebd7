import { fromBase64 } from "@cosmjs/encoding";
import { sha256 } from "@noble/hashes/sha2.js";
import { readAddress, writeAddress } from "../document/address.ts";
import { section } from "../document/genesis-file.ts";
import { parseJson } from "../json/parse.ts";
import type { Json, JsonObject } from "../json/value.ts";
import { gentxForm } from "./gentx-form.ts";
import { NotOfMessage } from "./proto-json.ts";

/** A gentx file as it was handed in. */
export type GentxFile = { readonly name: string; readonly text: string };

/** What an assembly needs to know of one gentx. */
export type Candidate = {
  readonly file: string;
  /** The operator's address as bytes, as `…valoper1…` and as the account that pays. */
  readonly operator: Uint8Array;
  readonly operatorAddress: string;
  readonly account: string;
  readonly prefix: string;
  /** The raw ed25519 key, and the address that CometBFT derives from it: 20 bytes. */
  readonly consensusKey: Uint8Array;
  readonly consensusAddress: Uint8Array;
  readonly tokens: bigint;
  readonly denom: string;
  readonly delegator: string;
  readonly message: JsonObject;
};

/** A gentx in the SDK's own form. Throws `JsonError` or {@link NotOfMessage}. */
export function readGentx({ text }: GentxFile, { tip }: { tip: boolean }): JsonObject {
  return gentxForm(parseJson(text).value, { tip });
}

/** Reads what {@link Candidate} holds. Throws {@link NotOfMessage} where an address or a key can't be read. */
export function candidateOf(file: string, tx: JsonObject): Candidate {
  const messages = section(tx, "body").get("messages");
  const message = Array.isArray(messages) && messages.length === 1 ? messages[0] : undefined;
  if (!(message instanceof Map)) throw new NotOfMessage("exactly one message should stand here", "/body/messages");
  const operatorAddress = textOf(message.get("validator_address"));
  const { prefix, bytes: operator } = decoded(operatorAddress);
  const consensusKey = fromBase64(textOf(section(message, "pubkey").get("key")));
  if (section(message, "pubkey").get("@type") !== "/cosmos.crypto.ed25519.PubKey" || consensusKey.length !== 32) {
    throw new NotOfMessage("an ed25519 key of 32 bytes should stand here", "/body/messages/0/pubkey");
  }
  const value = section(message, "value");
  return {
    file,
    operator,
    operatorAddress,
    account: writeAddress(prefix, operator),
    prefix,
    consensusKey,
    consensusAddress: sha256(consensusKey).slice(0, 20),
    tokens: BigInt(textOf(value.get("amount"))),
    denom: textOf(value.get("denom")),
    delegator: textOf(message.get("delegator_address")),
    message,
  };
}

/** A value as text; empty when it is anything else. */
export function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function decoded(address: string): { prefix: string; bytes: Uint8Array } {
  const found = readAddress(address);
  if (found?.prefix.endsWith("valoper") && found.bytes.length === 20) {
    return { prefix: found.prefix.slice(0, -"valoper".length), bytes: found.bytes };
  }
  throw new NotOfMessage(
    "a …valoper1… address of 20 bytes in lower case should stand here",
    "/body/messages/0/validator_address",
  );
}

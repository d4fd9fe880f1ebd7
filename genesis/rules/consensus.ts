import { consensusParams, consensusParamsForm } from "../assemble/top.ts";
import type { Finding } from "../document/finding.ts";
import { type GenesisFile, section } from "../document/genesis-file.ts";
import { printJson } from "../json/print.ts";
import { isObject, type Json, JsonNumber } from "../json/value.ts";

const blockBytesMax = 104_857_600n;
const keyTypes = ["ed25519", "secp256k1"];

/** The bounds of CometBFT's `ConsensusParams.ValidateBasic` (types/params.go): outside of them no node starts. */
export function consensusBounds(file: GenesisFile): Finding[] {
  const params = consensusParams(file);
  const number = (group: string, key: string) => wholeNumber(section(params, group).get(key));
  const bytes = number("block", "max_bytes");
  const evidence = number("evidence", "max_bytes");
  const room = bytes === -1n ? blockBytesMax : bytes;
  const gas = number("block", "max_gas");
  const types = section(params, "validator").get("pub_key_types");
  const known = Array.isArray(types) && types.length > 0 && types.every((type) => keyTypes.includes(String(type)));
  const height = wholeNumber(section(params, "abci").get("vote_extensions_enable_height") ?? "0");
  const wrong: [boolean, string, string][] = [
    [!(bytes === -1n || (bytes > 0n && bytes <= blockBytesMax)), "block.max_bytes", `-1, or 1 to ${blockBytesMax}`],
    [gas < -1n, "block.max_gas", "-1 or more"],
    [number("evidence", "max_age_num_blocks") <= 0n, "evidence.max_age_num_blocks", "above 0"],
    [number("evidence", "max_age_duration") <= 0n, "evidence.max_age_duration", "above 0"],
    [evidence < 0n || evidence > room, "evidence.max_bytes", "0 to block.max_bytes"],
    [!known, "validator.pub_key_types", `a list of ${keyTypes.join(", ")}`],
    [height < 0n, "abci.vote_extensions_enable_height", "0 or more"],
  ];
  return wrong
    .filter(([is]) => is)
    .map(([, path, bound]) => ({
      rule: "genesis.consensus-bounds",
      message: `The consensus parameter ${path} is out of bounds; no node would start.`,
      remedy: `Set it to ${bound}.`,
      value: shown(section(params, path.split(".")[0] ?? "").get(path.split(".")[1] ?? "")),
    }));
}

/** The consensus parameters are those that the base announced: two tools lose them in silence. */
export function consensusAsAnnounced(file: GenesisFile, base: GenesisFile): Finding[] {
  const announced = consensusParamsForm(consensusParams(base));
  const found = consensusParamsForm(consensusParams(file));
  return [...announced].flatMap(([group, values]) =>
    [...(isObject(values) ? values : new Map<string, Json>())].flatMap(([key, value]) => {
      const now = section(found, group).get(key);
      if (shown(now) === shown(value)) return [];
      return [
        {
          rule: "genesis.consensus-announced",
          message: `The consensus parameter ${group}.${key} was announced as ${shown(value)}.`,
          remedy: "Keep the announced parameters; a tool that reads another document shape replaces them by defaults.",
          value: shown(now),
        },
      ];
    }),
  );
}

const int64 = /^-?(?:0|[1-9][0-9]{0,18})$/;

/** A number that CometBFT writes as text. What is none counts as -2, which no bound lets pass. */
function wholeNumber(value: Json | undefined): bigint {
  const text = value instanceof JsonNumber ? value.text : value;
  return typeof text === "string" && int64.test(text) ? BigInt(text) : -2n;
}

const shown = (value: Json | undefined) =>
  value === undefined ? "missing" : printJson(value, { indent: 0 }).slice(0, 120);

import { type GenesisFile, picked, section } from "../document/genesis-file.ts";
import { goTime } from "../document/rfc3339.ts";
import { type Json, JsonNumber, type JsonObject } from "../json/value.ts";

const appGenesisKeys = [
  "app_name",
  "app_version",
  "genesis_time",
  "chain_id",
  "initial_height",
  "app_hash",
  "app_state",
  "consensus",
] as const;

const genesisDocKeys = [
  "genesis_time",
  "chain_id",
  "initial_height",
  "consensus_params",
  "validators",
  "app_hash",
  "app_state",
] as const;

/**
 * The document's top level as its tool writes it: the keys in the order of the Go struct, unknown ones dropped as
 * the tool does, the time in Go's spelling, modules in alphabetical order. The older shape keeps what it says of
 * consensus, since that differs from release to release.
 */
export function topLevel({ shape, root }: GenesisFile, state: JsonObject): JsonObject {
  const modules = new Map([...state].sort(([a], [b]) => (a < b ? -1 : 1)));
  const time = root.get("genesis_time");
  const given: JsonObject = new Map(root).set("app_state", modules);
  if (typeof time === "string") given.set("genesis_time", goTime(time) ?? time);
  if (shape === "GenesisDoc") return picked(given, genesisDocKeys);
  const consensus = given.get("consensus");
  return picked(
    new Map<string, Json>([
      ["app_name", ""],
      ["app_version", ""],
      ["initial_height", new JsonNumber("1")],
      ["app_hash", null],
      ...given,
      ["consensus", consensus instanceof Map ? consensusForm(consensus) : (consensus ?? null)],
    ]),
    appGenesisKeys,
  );
}

/** The announced consensus parameters, wherever the file has them: `consensus.params` or `consensus_params`. */
export function consensusParams({ root }: GenesisFile): JsonObject {
  return root.has("consensus") ? section(root, "consensus", "params") : section(root, "consensus_params");
}

function consensusForm(consensus: JsonObject): JsonObject {
  const validators = consensus.get("validators");
  return new Map<string, Json>([
    ...(validators === undefined ? [] : ([["validators", validators]] as const)),
    ["params", consensusParamsForm(section(consensus, "params"))],
  ]);
}

/** Consensus parameters as CometBFT 0.38 writes them: every field, in the order of its structs. */
export function consensusParamsForm(params: JsonObject): JsonObject {
  const text = (group: string, key: string): [string, Json] => [key, section(params, group).get(key) ?? "0"];
  return new Map<string, Json>([
    ["block", new Map([text("block", "max_bytes"), text("block", "max_gas")])],
    [
      "evidence",
      new Map([
        text("evidence", "max_age_num_blocks"),
        text("evidence", "max_age_duration"),
        text("evidence", "max_bytes"),
      ]),
    ],
    ["validator", new Map([["pub_key_types", section(params, "validator").get("pub_key_types") ?? null]])],
    ["version", new Map([text("version", "app")])],
    ["abci", new Map([text("abci", "vote_extensions_enable_height")])],
  ]);
}

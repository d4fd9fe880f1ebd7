import { fromBase64, toHex } from "@cosmjs/encoding";
import { type Json, JsonNumber, type JsonObject } from "../json/value.ts";
import { type GenesisFile, section } from "./genesis-file.ts";

/**
 * The genesis as a node answers it at `/genesis`: always CometBFT's own shape. A node that was started on the SDK's
 * `AppGenesis` names no app, writes `consensus_params`, and the height as text, so the file's canonical form is not
 * its answer's; this one's is.
 */
export function nodeAnswer(file: GenesisFile): GenesisFile {
  if (file.shape === "GenesisDoc") return file;
  const { root } = file;
  const consensus = section(root, "consensus");
  const validators = consensus.get("validators");
  const height = root.get("initial_height");
  const answer: JsonObject = new Map<string, Json>([
    ["genesis_time", root.get("genesis_time") ?? null],
    ["chain_id", root.get("chain_id") ?? null],
    ["initial_height", height instanceof JsonNumber ? height.text : (height ?? "1")],
    ["consensus_params", section(consensus, "params")],
    ...(Array.isArray(validators) && validators.length > 0 ? ([["validators", validators]] as const) : []),
    ["app_hash", hex(root.get("app_hash"))],
    ["app_state", root.get("app_state") ?? null],
  ]);
  return { ...file, shape: "GenesisDoc", root: answer };
}

/** Bytes are base64 to the SDK and hex to CometBFT. */
function hex(bytes: Json | undefined): string {
  return typeof bytes === "string" && bytes !== "" ? toHex(fromBase64(bytes)).toUpperCase() : "";
}

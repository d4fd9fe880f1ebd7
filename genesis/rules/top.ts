import type { Finding } from "../document/finding.ts";
import type { GenesisFile } from "../document/genesis-file.ts";
import { printJson } from "../json/print.ts";
import { type Json, JsonNumber } from "../json/value.ts";

const chainIdBytesMax = 50;

/** What the ceremony knows beside the file. */
export type TopExpected = {
  readonly chainId?: string;
  /** Now, to tell whether the genesis time is still ahead; absent: not judged. */
  readonly nowMs?: number;
};

/** Initial height, chain id and genesis time. */
export function topFindings({ shape, root }: GenesisFile, { chainId, nowMs }: TopExpected): Finding[] {
  const findings: Finding[] = [];
  const height = root.get("initial_height");
  const right = shape === "AppGenesis" ? height instanceof JsonNumber && height.text === "1" : height === "1";
  if (!right) findings.push(heightFinding(shape, height));
  const id = root.get("chain_id");
  if (typeof id !== "string" || id === "" || new TextEncoder().encode(id).length > chainIdBytesMax) {
    findings.push({
      rule: "genesis.chain-id",
      message: `The chain id must be text of 1 to ${chainIdBytesMax} bytes.`,
      remedy: "Set chain_id.",
      value: shown(id),
    });
  } else if (chainId !== undefined && id !== chainId) {
    findings.push({
      rule: "genesis.chain-id",
      message: `The chain id is not ${chainId}, for which the gentxs are signed.`,
      remedy: "Set chain_id to what was announced, or have every gentx signed again.",
      value: id.slice(0, 80),
    });
  }
  const time = timeFinding(root.get("genesis_time"), nowMs);
  return time === null ? findings : [...findings, time];
}

function heightFinding(shape: GenesisFile["shape"], height: Json | undefined): Finding {
  const number = height instanceof JsonNumber ? height.text : height;
  const one = shape === "AppGenesis" ? "the number 1" : 'the text "1"';
  const why =
    number === "1"
      ? "written this way the SDK reads the file as CometBFT's older shape and loses the consensus parameters without a word"
      : "above 1 a chain checks real account numbers, which ordinary gentxs don't sign";
  return {
    rule: "genesis.initial-height",
    message: `initial_height must be ${one}: ${why}.`,
    remedy: `Write ${shape === "AppGenesis" ? '"initial_height": 1' : '"initial_height": "1"'}.`,
    value: shown(height),
  };
}

function timeFinding(value: Json | undefined, nowMs: number | undefined): Finding | null {
  const time = typeof value === "string" ? value : "";
  const atMs = Date.parse(time);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/.test(time) || Number.isNaN(atMs)) {
    return {
      rule: "genesis.time",
      message: "The genesis time must be written in UTC.",
      remedy: "Write it as 2026-12-01T15:00:00Z: with another offset people start a day early.",
      value: shown(value),
    };
  }
  if (nowMs === undefined || atMs > nowMs) return null;
  return {
    rule: "genesis.time",
    message: "The genesis time has passed: every node starts at once, whoever is ready.",
    remedy: "Set a time that leaves operators a day.",
    value: time,
  };
}

const shown = (value: Json | undefined) =>
  value === undefined ? "missing" : printJson(value, { indent: 0 }).slice(0, 120);

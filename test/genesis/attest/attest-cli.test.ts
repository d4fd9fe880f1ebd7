import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { judgeBeacon, readBeacon } from "../../../genesis/attest/beacon.ts";
import { writeWord } from "../../../genesis/attest/word.ts";
import { UsageError } from "../../../genesis/cli/arguments.ts";
import { run as attestWord } from "../../../genesis/cli/attest-word.ts";
import { run as beacon } from "../../../genesis/cli/beacon.ts";
import { sha256Hex } from "../../../genesis/log/bytes.ts";
import { account, base64 } from "../gentxs.ts";
import { beaconFacts, genesis, nodeId, nodeKey, nodeSeed, nonce, origin, word } from "./words.ts";

const root = mkdtempSync(join(tmpdir(), "wellspring-attest-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const put = (name: string, bytes: string | Uint8Array) => {
  writeFileSync(join(root, name), bytes);
  return join(root, name);
};

const goKey = (number: number) => base64(Buffer.concat([nodeSeed(number), nodeKey(number)]));
const privKey = (number: number) => ({ type: "tendermint/PrivKeyEd25519", value: goKey(number) });
const nodeKeyFile = put("node_key.json", JSON.stringify({ priv_key: privKey(0) }));
const genesisFile = put("genesis.json", genesis);
const binary = put("pawd", "pawd");
const state = put("priv_validator_state.json", '{"height":"0","round":0,"step":0}');
const asked = { origin, chainId: "paw-testnet-1", operator: account(0), version: 1, expires: 2_000_000_000 };
const nonces = { attestNonce: nonce, beaconNonce: nonce, genesisSha256: sha256Hex(genesis) };
const challenge = put("challenge.json", JSON.stringify({ ...asked, ...nonces }));

const lines: string[] = [];
vi.spyOn(console, "log").mockImplementation((line) => void lines.push(String(line)));
vi.spyOn(console, "error").mockImplementation((line) => void lines.push(`error: ${line}`));
beforeEach(() => void lines.splice(0));

const beaconArgs = (key: string, file = genesisFile) => [
  ...["--challenge", challenge, "--node-key", key, "--genesis", file, "--binary", binary],
  ...["--binary-version", "v1.2.3", "--init-chain-passed", "--clock-skew-ms=-12", "--signer-state", state],
];

describe("npm run genesis -- attest-word", () => {
  it("prints the one line to sign, from the server's answer or from single facts", async () => {
    expect(await attestWord(["--challenge", challenge, "--genesis", genesisFile, "--node-id", nodeId(0)])).toBe(0);
    const facts = ["--origin", origin, "--chain-id", "paw-testnet-1", "--version", "1", "--expires", "2000000000"];
    expect(await attestWord([...facts, "--nonce", nonce, "--genesis", genesisFile])).toBe(0);
    expect(lines).toEqual([writeWord(word({ node: nodeId(0) })), writeWord(word())]);
  });

  it("prints no line for another file than the sealed one, and says where that is", async () => {
    expect(await attestWord(["--challenge", challenge, "--genesis", put("other.json", "{}")])).toBe(1);
    expect(lines.every((line) => line.startsWith("error: "))).toBe(true);
    expect(lines.join()).toContain(`content/${sha256Hex(genesis)}`);
  });

  it.each([[[]], [["--genesis", genesisFile]], [["--challenge", challenge, "--genesis", genesisFile, "--nonce", "x"]]])(
    "tells what is missing or odd in %j",
    async (args) => {
      await expect(attestWord(args)).rejects.toThrow(UsageError);
    },
  );
});

describe("npm run genesis -- beacon", () => {
  it("prints what the node signed, and nothing of its secret", async () => {
    expect(await beacon(beaconArgs(nodeKeyFile))).toBe(0);
    const file = readBeacon(new TextEncoder().encode(lines.join("")));
    if (typeof file === "string") throw new Error(file);
    const binarySha256 = createHash("sha256").update("pawd").digest("hex");
    const context = { chainId: "paw-testnet-1", origin, consensusKeys: new Set<string>() };
    expect(judgeBeacon(file, context)).toEqual({ ok: true, facts: beaconFacts(0, { binarySha256 }) });
    expect(lines.join()).not.toContain(base64(nodeSeed(0)).slice(0, 20));
  });

  it("signs with no key that signs blocks, by its file or by the genesis", async () => {
    const consensus = put(
      "priv_validator_key.json",
      JSON.stringify({ address: "", pub_key: {}, priv_key: privKey(0) }),
    );
    await expect(beacon(beaconArgs(consensus))).rejects.toThrow(/consensus key/);
    const named = put("named.json", JSON.stringify({ pubkey: base64(nodeKey(0)) }));
    await expect(beacon(beaconArgs(nodeKeyFile, named))).rejects.toThrow(/signs blocks/);
    expect(lines).toEqual([]);
  });

  it("shows nothing of a key file that it can't read", async () => {
    const cut = goKey(0).slice(0, 40);
    for (const text of [cut, `{"priv_key":"${cut}"`, `{"priv_key":{"value":"${cut}"}}`]) {
      const failed = await beacon(beaconArgs(put("broken.json", text))).catch((error: Error) => error);
      expect(failed).toBeInstanceOf(UsageError);
      expect(`${failed}${lines.join()}`).not.toContain(cut.slice(0, 8));
    }
  });
});

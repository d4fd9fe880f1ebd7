import { writeAttestation } from "../../genesis/attest/attestation.ts";
import { signBeacon, writeBeacon } from "../../genesis/attest/beacon.ts";
import { digestOf } from "../../genesis/attest/digest.ts";
import { writeWord } from "../../genesis/attest/word.ts";
import type { CoordinatorAct } from "../../workers/domain/ceremony/ceremony-api.ts";
import { beaconFacts, byWallet, nodeId, nodeSeed } from "../genesis/attest/words.ts";
import { account, type MessageJson } from "../genesis/gentxs.ts";
import { adminKeys } from "./admin-keys.ts";
import { baseGenesis, gentxFor } from "./ceremony-network.ts";

/** The keys of two coordinators, by their names. */
export const coordinatorKeys = { carl: adminKeys.coordinator, bea: adminKeys.both } as const;
type Coordinator = keyof typeof coordinatorKeys;

/** What the pages' tests read of a ceremony. */
export type SeenCeremony = {
  readonly phase: string;
  readonly parameters: { readonly gatePercent: number };
  readonly verifierKey: string;
  readonly gentxs: readonly { readonly operator: string; readonly sha256: string }[];
  readonly seals: readonly { readonly sha256: string; readonly canonicalSha256: string; readonly size: number }[];
};

type Challenge = {
  readonly [name in "origin" | "attestNonce" | "beaconNonce" | "genesisSha256"]: string;
} & { readonly version: number; readonly expires: number };

/** A ceremony as its operators and coordinators work on it, over HTTP. */
export class CeremonyDesk {
  readonly chainId: string;
  /** Without a slash at the end. */
  readonly url: string;
  readonly #admin: string;

  constructor(host: string, chainId: string) {
    this.chainId = chainId;
    this.url = `${host}/api/v1/networks/${chainId}/ceremony`;
    this.#admin = `${host}/api/v1/admin/networks/${chainId}/ceremony`;
  }

  /** Where it stands. */
  async view(): Promise<SeenCeremony> {
    return (await (await fetch(this.url)).json()) as SeenCeremony;
  }

  /** A file of it, as bytes. */
  async file(under: string): Promise<Uint8Array> {
    return new Uint8Array(await (await must(await fetch(`${this.url}/${under}`))).arrayBuffer());
  }

  /** A signed gentx of account 0 to 11, each with another stake. */
  gentx(number: number, bend: (message: MessageJson) => void = () => undefined): string {
    return gentxFor(this.chainId, number, (message) => {
      message.value.amount = String(900_000_000 - number * 60_000_000);
      bend(message);
    });
  }

  /** Hands gentxs in. */
  async handIn(...gentxs: readonly string[]): Promise<void> {
    const headers = { "content-type": "application/json" };
    for (const body of gentxs) await must(await fetch(`${this.url}/gentxs`, { method: "POST", headers, body }));
  }

  /** Does a coordinator's act. */
  async act(who: Coordinator, act: CoordinatorAct): Promise<void> {
    const headers = { authorization: `Bearer ${coordinatorKeys[who]}`, "content-type": "application/json" };
    const body = JSON.stringify(act);
    await must(await fetch(`${this.#admin}/acts`, { method: "POST", headers, body }));
  }

  /** Begins it, with a base genesis. */
  async begin(): Promise<void> {
    await this.act("carl", { kind: "create" });
    const headers = { authorization: `Bearer ${coordinatorKeys.carl}`, "content-type": "application/json" };
    await must(await fetch(`${this.#admin}/base`, { method: "PUT", headers, body: baseGenesis(this.chainId) }));
  }

  /** Brings it to the phase in which gentxs are taken. */
  async collect(): Promise<void> {
    await this.begin();
    await this.act("carl", { kind: "move", to: "accounts" });
    await this.act("carl", { kind: "move", to: "collecting" });
  }

  /** Closes the intake at once. */
  async close(): Promise<void> {
    await this.act("carl", { kind: "parameters", changes: { closesAt: new Date().toISOString() } });
  }

  /** Seals what was handed in. Answers the hash. */
  async seal(): Promise<string> {
    await this.close();
    const preview = await must(await fetch(`${this.url}/preview.json`));
    await preview.body?.cancel();
    const sha256 = preview.headers.get("x-genesis-sha256") ?? "";
    await this.act("carl", { kind: "seal", sha256 });
    await this.act("bea", { kind: "seal", sha256 });
    return sha256;
  }

  /** An operator attests the sealed genesis, and their node says that it took it. `skewMs`: how far its clock is off. */
  async attest(number: number, skewMs = 0): Promise<void> {
    const asked = await must(await fetch(`${this.url}/challenges/${account(number)}`));
    const challenge = (await asked.json()) as Challenge;
    const { origin, version, expires, attestNonce, beaconNonce, genesisSha256 } = challenge;
    const common = { origin, chainId: this.chainId, version, expiresSec: expires, node: nodeId(number) };
    const digest = digestOf(attestNonce, await this.file("genesis.json"));
    const word = byWallet(writeWord({ ...common, nonce: attestNonce, digest }), number);
    await this.#send(`attestations/${account(number)}`, writeAttestation(word));
    const own = { ...common, operator: account(number), nonce: beaconNonce, genesisSha256, clockSkewMs: skewMs };
    await this.#send("beacons", writeBeacon(signBeacon(beaconFacts(number, own), nodeSeed(number))));
  }

  async #send(under: string, body: Uint8Array): Promise<void> {
    await must(await fetch(`${this.url}/${under}`, { method: "POST", body: body as Uint8Array<ArrayBuffer> }));
  }
}

async function must(answer: Response): Promise<Response> {
  if (answer.ok) return answer;
  throw new Error(`${answer.url}: ${answer.status} ${await answer.text()}`);
}

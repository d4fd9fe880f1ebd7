import { writeAttestation } from "../../../genesis/attest/attestation.ts";
import { signBeacon, writeBeacon } from "../../../genesis/attest/beacon.ts";
import type { BeaconFacts } from "../../../genesis/attest/beacon-text.ts";
import { digestOf } from "../../../genesis/attest/digest.ts";
import { type Word, writeWord } from "../../../genesis/attest/word.ts";
import type { CeremonyRoom } from "../../../workers/domain/ceremony/room.ts";
import type { WordChallenge } from "../../../workers/domain/ceremony/words-api.ts";
import { beaconFacts, byWallet, nodeId, nodeKey, nodeSeed } from "../../genesis/attest/words.ts";
import { account, base64, chainId, gentx } from "../../genesis/gentxs.ts";
import { sampleGenesis } from "../../genesis/sample.ts";
import { must, roomBench } from "./bench.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

/** The tests' operators 0 to 3 and their power. */
export const powers = [400, 300, 200, 100] as const;
/** The node whose key is operator 3's consensus key as well: nobody should do that. */
export const wrongNode = 33;

/** Seals what stands, by both coordinators. Answers the genesis. */
export async function sealNow(room: CeremonyRoom): Promise<Uint8Array> {
  const seen = await room.preview();
  if (!seen.ok) throw new Error(JSON.stringify(seen.refusal));
  await must(room, "ann", { kind: "seal", sha256: seen.value.sha256 });
  await must(room, "ben", { kind: "seal", sha256: seen.value.sha256 });
  return seen.value.genesis;
}

/** A room with a sealed genesis of four operators whose keys the tests have; operator 1's gentx names their node. */
export async function sealedRoom() {
  const bench = roomBench(chainId);
  const room = bench.open();
  const rows = powers.map((_, number) => `${account(number)},1000000000`);
  await must(room, "ann", { kind: "create" });
  await must(room, "ann", { kind: "base", bytes: utf8(sampleGenesis({ chain_id: chainId })) });
  await must(room, "ann", { kind: "move", to: "accounts" });
  await must(room, "ann", {
    kind: "allocations",
    format: "csv",
    bytes: utf8(["address,amount", ...rows, ""].join("\n")),
  });
  await must(room, "ann", { kind: "move", to: "collecting" });
  bench.at(1);
  for (const [number, power] of powers.entries()) {
    const text = gentx((message, tx) => {
      message.value.amount = `${power}000000`;
      if (number === 1) tx.body.memo = `${nodeId(1)}@8.8.1.8:26656`;
      if (number === 3) message.pubkey = { "@type": "/cosmos.crypto.ed25519.PubKey", key: base64(nodeKey(wrongNode)) };
    }, number);
    const taken = await room.handIn(utf8(text));
    if (!taken.ok) throw new Error(JSON.stringify(taken.refusal));
  }
  bench.at(5);
  return { ...bench, room, genesis: await sealNow(room) };
}

/** The challenge that a room gives an operator of the tests. */
export function asked(room: CeremonyRoom, number: number): WordChallenge {
  const challenge = room.challenge(account(number));
  if (!challenge.ok) throw new Error(JSON.stringify(challenge.refusal));
  return challenge.value;
}

/** What an operator with this file sends after they asked. */
export function attests(room: CeremonyRoom, number: number, file: Uint8Array, more: Partial<Word> = {}): Uint8Array {
  const { origin, chainId: chain, version, expiresSec, attestNonce } = asked(room, number);
  const nonce = more.nonce ?? attestNonce;
  const digest = digestOf(nonce, file);
  const word = { origin, chainId: chain, version, expiresSec, nonce, digest, node: null, ...more };
  return writeAttestation(byWallet(writeWord(word), number));
}

/** What a node of an operator sends after they asked. */
export function beacons(room: CeremonyRoom, number: number, more: Partial<BeaconFacts> = {}, node = number) {
  const { origin, chainId: chain, operator, version, genesisSha256, expiresSec, beaconNonce } = asked(room, number);
  const own = { origin, chainId: chain, operator, version, genesisSha256, expiresSec, nonce: beaconNonce };
  return writeBeacon(signBeacon(beaconFacts(number, { ...own, node: nodeId(node), ...more }), nodeSeed(node)));
}

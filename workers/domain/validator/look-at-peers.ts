import { inEnglish } from "../../../genesis/document/said.ts";
import { readPeer, unreachable } from "../../../genesis/gentx/peer.ts";
import type { Log } from "../claim/ports.ts";
import type { DuePeer, NameResolver, PeerDialer, PeerLook, PeerLooks, PeerOutcome } from "./peer-look.ts";
import { readPublicAddress } from "./public-address.ts";

/** How long a look is good: nobody's node is connected to more often. */
const goodMs = 15 * 60_000;
/** Ports below are other services' than a node's. */
const portLeast = 1024;

/** What looks at one network's nodes. */
export type PeerWatch = {
  readonly chainId: string;
  /** Also addresses that are not public, for a network that isn't. */
  readonly anywhere: boolean;
  readonly looks: PeerLooks;
  readonly names: NameResolver;
  readonly dialer: PeerDialer;
  readonly nowMs: () => number;
  readonly log: Log;
};

/** Looks at up to `most` operators' nodes whose turn it is; answers at how many. Throws, after all of them, when one failed. */
export async function lookAtPeers(watch: PeerWatch, most: number): Promise<number> {
  const nowMs = watch.nowMs();
  const due = await watch.looks.lease(nowMs - goodMs, nowMs, most);
  // Whoever is answered goes home: turns that still run then would be cut off.
  const turns = await Promise.allSettled(due.map((turn) => takeTurn(watch, turn)));
  const failed = turns.find((turn) => turn.status === "rejected");
  if (failed !== undefined) throw failed.reason;
  return due.length;
}

async function takeTurn(watch: PeerWatch, turn: DuePeer): Promise<void> {
  const seen = await lookAt(watch, turn);
  // Where nobody could tell, what was seen before stays, with its time.
  if (seen !== null) await watch.looks.keep(turn, { ...seen, atMs: watch.nowMs() });
}

type Seen = Pick<PeerLook, "outcome" | "seen">;
const only = (outcome: PeerOutcome): Seen => ({ outcome, seen: "" });

async function lookAt(watch: PeerWatch, { operator, peer: text }: DuePeer): Promise<Seen | null> {
  const peer = readPeer(text);
  if (peer === null) return only("refused");
  const refuse = (address: string, why: string): Seen => {
    watch.log("peer_address_refused", { operator, address, why });
    return only("refused");
  };
  if (peer.port < portLeast) return refuse(peer.host, `port ${peer.port} is below ${portLeast}`);
  const isName = !peer.host.includes(":") && !/^[0-9.]+$/.test(peer.host);
  const closed = isName && !watch.anywhere ? unreachable(peer.host) : null;
  if (closed !== null) return refuse(peer.host, inEnglish(closed));
  const hosts = isName ? await watch.names.addresses(peer.host) : [peer.host];
  if (hosts === null) {
    watch.log("peer_names_silent", { operator });
    return null;
  }
  const [first] = hosts;
  if (first === undefined) return only("unresolved");
  const addresses = hosts.map(readPublicAddress);
  // One address of a name that is not public says enough about the name.
  const at = addresses.findIndex((address) => address === null || !(address.isPublic || watch.anywhere));
  if (at >= 0) return refuse(addresses[at]?.text ?? "", "it is no public address");
  const greeting = await watch.dialer.greet(addresses[0]?.text ?? "", peer.port, peer.nodeId);
  if (greeting.kind === "none") return only("no_answer");
  if (greeting.nodeId !== peer.nodeId) return { outcome: "other_node", seen: greeting.nodeId };
  if (greeting.network !== watch.chainId) return { outcome: "other_chain", seen: greeting.network ?? "" };
  return only("reachable");
}

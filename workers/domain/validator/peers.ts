import { type Peer, readPeer } from "../../../genesis/gentx/peer.ts";
import type { Directory } from "./ports.ts";
import type { Registration } from "./registration.ts";

/** Operators whose nodes are told to others. */
const peersMax = 1000;

/** A node that may be told to others, and whose it is. */
export type KnownPeer = {
  readonly peer: Peer;
  readonly text: string;
  readonly seed: boolean;
  readonly provider: string;
};

/** The nodes of approved operators. They are told as they were said, whatever a look at them came to. */
export async function knownPeers({ store }: Pick<Directory, "store">): Promise<KnownPeer[]> {
  const approved = await store.page({ after: "", state: "approved", limit: peersMax });
  return approved.flatMap(peerOf);
}

function peerOf({ profile }: Registration): KnownPeer[] {
  const peer = profile?.peer ? readPeer(profile.peer) : null;
  if (profile === null || profile === undefined || peer === null) return [];
  const host = peer.host.includes(":") ? `[${peer.host}]` : peer.host;
  const text = `${peer.nodeId}@${host}:${peer.port}`;
  return [{ peer, text, seed: profile.seed, provider: profile.provider }];
}

/** One line a node: `nodeid@host:port`. */
export function peersText(peers: readonly KnownPeer[]): string {
  return peers.map(({ text }) => `${text}\n`).join("");
}

/** The value of `persistent_peers` in config.toml. */
export function persistentPeers(peers: readonly KnownPeer[]): string {
  return `${peers.map(({ text }) => text).join(",")}\n`;
}

const never = "0001-01-01T00:00:00Z";
/** CometBFT's address book holds 256 buckets of new addresses, 64 in each (p2p/pex/params.go). */
const buckets = 256;

/**
 * CometBFT's address book (p2p/pex/file.go) of the nodes with an address in digits: a book can't hold names, and names
 * are not looked up here. All are new and untried.
 */
export function addrBook(peers: readonly KnownPeer[], key: string) {
  const addrs = peers
    .filter(({ peer: { host } }) => host.includes(":") || /^[0-9.]+$/.test(host))
    .map(({ peer: { nodeId, host, port } }, index) => {
      const addr = { id: nodeId, ip: host, port };
      const times = { last_attempt: never, last_success: never, last_ban_time: never };
      return { addr, src: addr, buckets: [index % buckets], attempts: 0, bucket_type: 1, ...times };
    });
  return { key, addrs };
}

import { startDohServer } from "./doh-server.ts";
import { startPeerNode } from "./peer-node.ts";

/** A node that tests in workerd look at. */
export type PeerFacts = { readonly id: string; readonly port: number };

/** Those that {@link startPeers} starts: on `peers-1`, on another chain, on IPv6, and one that never says a word. */
export type PeersFacts = Readonly<Record<"good" | "elsewhere" | "six" | "silent", PeerFacts>>;

/**
 * Starts nodes on this machine and a resolver that leads to them: `here.dev` to 127.0.0.1, `six.dev` to ::1,
 * `silent.dev` to no answer of the resolver; other names do not exist.
 */
export async function startPeers() {
  const good = await startPeerNode();
  const elsewhere = await startPeerNode({ network: "elsewhere-1" });
  const silent = await startPeerNode({ manner: "silent" });
  const six = await startPeerNode({}, "::1");
  const all = { good, elsewhere, six, silent };
  const zone = { "here.dev A": ["127.0.0.1"], "six.dev A": [], "six.dev AAAA": ["::1"], "silent.dev A": 500 };
  const names = await startDohServer(zone);
  const facts = Object.fromEntries(Object.entries(all).map(([name, { id, port }]) => [name, { id, port }]));
  return {
    settings: { PEERS: JSON.stringify(facts), DNS_URL: names.url },
    stop: async () => {
      await Promise.all([...Object.values(all), names].map((one) => one.stop()));
    },
  };
}

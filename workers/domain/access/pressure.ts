import type { DispenserReport } from "../claim/dispenser-api.ts";
import type { ServedNetwork } from "../network/served.ts";
import { priceOf } from "./challenge.ts";
import type { ClientLook, ClientNetwork } from "./client.ts";
import { type ClientOrigin, clientNetworksOf } from "./networks-of.ts";

/** The default of the network file (`faucet.challengeTries`). A small one would round pressure up to a doubling. */
const triesBaseDefault = 512;

/** How things stand for one client at one network. */
export type Standing = {
  /** The networks under which the client is counted; none where no cap is set. */
  readonly counted: readonly ClientNetwork[];
  readonly look: ClientLook;
  /** What a puzzle costs now, in derivations. */
  readonly triesMost: number;
  /** Whether that is less than twice the quiet price. */
  readonly quiet: boolean;
  readonly halt: DispenserReport["halt"];
  readonly pause: DispenserReport["pause"];
};

/**
 * The networks under which a client's claims are counted. The genesis stands in their names: a chain that was reset
 * begins anew for everyone. The dispenser alone knows it; it is asked where anything is counted, and then kept a while.
 */
export async function countedNetworks(network: ServedNetwork, client: ClientOrigin): Promise<ClientNetwork[]> {
  const networks = clientNetworksOf(client, network.clientCaps);
  if (networks.length === 0) return [];
  return named(`${await network.epoch()}/`, networks);
}

/** The same networks under other names, so that something else is counted for them. */
export function named(prefix: string, networks: readonly ClientNetwork[]): ClientNetwork[] {
  return networks.map((network) => ({ ...network, key: `${prefix}${network.key}` }));
}

/** What raises the price of a claim now: the faucet's demand, and what this client's networks claimed today. */
export async function pressureOn(network: ServedNetwork, client: ClientOrigin): Promise<Standing> {
  const { challenge, dispenser, limiter, nowMs } = network;
  const counted = await countedNetworks(network, client);
  const [look, { queued, acceptedLastMinute, budgetUsed, halt, pause }] = await Promise.all([
    counted.length === 0 ? { counts: [], full: null } : limiter.look(counted, nowMs()),
    dispenser.report(),
  ]);
  const clientToday = claimsToday(counted, look);
  // Where no puzzle is asked for, nobody pays this price: it only measures how quiet it is.
  const triesBase = challenge.kind === "pow" ? challenge.triesBase : triesBaseDefault;
  const triesMost = priceOf({ queued, acceptedLastMinute, clientToday, budgetUsed }, triesBase);
  return { counted, look, triesMost, quiet: triesMost < 2 * triesBase, halt, pause };
}

/** The claims of a client's busiest network. A wide prefix may make more: its claims weigh by the share of its cap. */
export function claimsToday(counted: readonly ClientNetwork[], { counts }: ClientLook): number {
  const narrowest = Math.min(...counted.map(({ max }) => max));
  return Math.max(0, ...counted.map(({ max }, index) => Math.round(((counts[index] ?? 0) * narrowest) / max)));
}

/**
 * Whether the recipient's signature stands in place of a puzzle. It costs its maker nothing, so it is worth the quiet
 * price of a puzzle and no more: only where the client's own cap bounds how many addresses one may sign for, and only
 * while the price has not doubled. Under demand or suspicion work is asked for as well as of anyone.
 */
export function signatureStands({ counted, quiet }: Standing): {
  readonly stands: boolean;
  readonly detail: string;
} {
  if (counted.length === 0) {
    const detail =
      "A signature stands for no puzzle where the network sets no caps for clients (faucet.limits.client).";
    return { stands: false, detail };
  }
  const detail = "A signature stands for a puzzle only while the faucet is quiet. Solve one: POST …/faucet/challenges.";
  return { stands: quiet, detail };
}

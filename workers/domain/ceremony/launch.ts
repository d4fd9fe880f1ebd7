import type { CeremonyState } from "../../../genesis/ceremony/state.ts";
import { fromBase64, sha256Hex } from "../../../genesis/log/bytes.ts";
import type { PartsCache } from "./parts-cache.ts";

/** A validator of the sealed genesis, as blocks name it. */
export type LaunchMember = {
  readonly operator: string;
  readonly moniker: string;
  readonly power: bigint;
  /** The first 20 bytes of the SHA-256 of its consensus key, upper-case hexadecimal. */
  readonly address: string;
};

/** What a launch is held against. */
export type LaunchFacts = {
  readonly version: number;
  readonly chainId: string;
  readonly genesisTimeMs: number;
  /** What block 1 must show; upper case. */
  readonly validatorsHash: string;
  readonly members: readonly LaunchMember[];
};

/** What one endpoint shows of block 1. */
export type Block1 = { readonly hash: string; readonly chainId: string; readonly validatorsHash: string };

/** A block that more than two thirds of the power committed, and the addresses that did. */
export type Commit = { readonly height: number; readonly signers: readonly string[] };

/** Where the votes on the next block stand. A vote names its validator by the first 6 bytes of its address. */
export type Round = {
  readonly height: number;
  readonly round: number;
  readonly prevoters: readonly string[];
  readonly precommitters: readonly string[];
};

/** What was seen of an endpoint of the network file. */
export type EndpointLook = { readonly name: string } & (
  | { readonly reached: false; readonly why: string }
  | { readonly reached: true; readonly height: number; readonly block1: Block1 | null }
);

/** What the network's endpoints show of a launch: each of them, and the newest commits by the one that is furthest. */
export type LaunchLook = {
  readonly endpoints: readonly EndpointLook[];
  readonly commits: readonly Commit[];
  readonly round: Round | null;
};

/** Looks at a network's endpoints. Throws nothing: what can't be seen is said. */
export interface LaunchEyes {
  look(): Promise<LaunchLook>;
}

type Power = { readonly power: string; readonly percent: number };
type Named = { readonly operator: string; readonly moniker: string; readonly power: string };

/** How a launch goes, by power. Percents have two digits behind the point and are rounded down. */
export type LaunchView = {
  readonly version: number;
  readonly chainId: string;
  readonly genesisTimeMs: number;
  /** `unknown`: no endpoint answers, as before genesis time none does. */
  readonly state: "waiting" | "unknown" | "forming" | "running";
  readonly height: number;
  readonly block1: {
    readonly expectedValidatorsHash: string;
    /** Whether all that show block 1 show the same one, of this chain, with the validators that were sealed. */
    readonly proved: boolean;
    readonly seen: readonly (Block1 & { readonly endpoint: string })[];
  };
  /** The newest blocks, the newest last. */
  readonly blocks: readonly (Power & { readonly height: number; readonly missing: readonly Named[] })[];
  /** The votes on the next block; who has not prevoted is who the others wait for. */
  readonly round: {
    readonly height: number;
    readonly round: number;
    readonly prevoted: Power;
    readonly precommitted: Power;
    readonly missing: readonly Named[];
  } | null;
  readonly endpoints: readonly { readonly name: string; readonly height: number | null; readonly why: string | null }[];
};

/** What the launch of the version that stands is held against; null: none stands. */
export async function launchFacts({ standing }: CeremonyState, parts: PartsCache): Promise<LaunchFacts | null> {
  if (standing === null) return null;
  const seats = await parts.sealed(standing);
  const members = [...standing.gentxs].map(([operator, { power }]) => {
    const seat = seats.get(operator);
    const key = fromBase64(seat?.consensusKey ?? "") ?? new Uint8Array();
    return { operator, power, moniker: seat?.moniker ?? "", address: sha256Hex(key).slice(0, 40).toUpperCase() };
  });
  const { version, validatorsHash, parameters } = standing;
  const { chainId, genesisTime } = parameters;
  return { version, chainId, validatorsHash, members, genesisTimeMs: Date.parse(genesisTime) };
}

/** Holds what was seen against what was sealed. */
export function viewLaunch(facts: LaunchFacts, look: LaunchLook, nowMs: number): LaunchView {
  const { version, chainId, genesisTimeMs, validatorsHash, members } = facts;
  const reached = look.endpoints.flatMap((one) => (one.reached ? [one] : []));
  const height = Math.max(0, ...reached.map((one) => one.height));
  const seen = reached.flatMap(({ name, block1 }) => (block1 === null ? [] : [{ endpoint: name, ...block1 }]));
  const [first] = seen;
  const proved =
    first !== undefined &&
    seen.every((one) => one.hash === first.hash && one.chainId === chainId && one.validatorsHash === validatorsHash);
  const power = powerOf(members);
  return {
    version,
    chainId,
    genesisTimeMs,
    state: stateOf(height, reached.length, nowMs < genesisTimeMs),
    height,
    block1: { expectedValidatorsHash: validatorsHash, proved, seen },
    blocks: look.commits.map((commit) => {
      const signed = members.filter(({ address }) => commit.signers.includes(address));
      return { height: commit.height, ...power(signed), missing: named(members, signed) };
    }),
    round: look.round && viewRound(members, look.round, power),
    endpoints: look.endpoints.map((one) => ({
      name: one.name,
      height: one.reached ? one.height : null,
      why: one.reached ? null : one.why,
    })),
  };
}

function viewRound(members: readonly LaunchMember[], votes: Round, power: ReturnType<typeof powerOf>) {
  const by = (heads: readonly string[]) => members.filter(({ address }) => heads.includes(address.slice(0, 12)));
  const [prevoted, precommitted] = [by(votes.prevoters), by(votes.precommitters)];
  return {
    height: votes.height,
    round: votes.round,
    prevoted: power(prevoted),
    precommitted: power(precommitted),
    missing: named(members, prevoted),
  };
}

function stateOf(height: number, reached: number, early: boolean): LaunchView["state"] {
  if (height > 0) return "running";
  if (early) return "waiting";
  return reached === 0 ? "unknown" : "forming";
}

function powerOf(members: readonly LaunchMember[]) {
  const sum = (some: readonly LaunchMember[]) => some.reduce((all, { power }) => all + power, 0n);
  const total = sum(members);
  return (some: readonly LaunchMember[]): Power => {
    const power = sum(some);
    return { power: String(power), percent: total === 0n ? 0 : Number((power * 10_000n) / total) / 100 };
  };
}

function named(members: readonly LaunchMember[], present: readonly LaunchMember[]): Named[] {
  return members
    .filter((member) => !present.includes(member))
    .sort((a, b) => (a.power < b.power ? 1 : -1))
    .map(({ operator, moniker, power }) => ({ operator, moniker, power: String(power) }));
}

/** An operator in a sealed genesis, and its voting power. */
export type Member = { readonly operator: string; readonly power: bigint };

/** What is to be launched: one sealed version. */
export type SealedVersion = {
  readonly version: number;
  readonly sha256: string;
  readonly members: readonly Member[];
};

/** An operator's word that it holds a genesis file. */
export type HeldGenesis = { readonly operator: string; readonly version: number; readonly genesisSha256: string };

/** A node's word on it. */
export type NodeWord = HeldGenesis & { readonly initChainPassed: boolean };

/** The power behind one file. */
export type HashPower = { readonly sha256: string; readonly power: bigint; readonly operators: readonly string[] };

/** Who holds which file, by voting power. */
export type Readiness = {
  readonly total: bigint;
  /** By power, the strongest first. */
  readonly hashes: readonly HashPower[];
  /** Power that attested the sealed file. */
  readonly attested: bigint;
  /** Of it, power whose node says that it took the file. */
  readonly ready: bigint;
  /** Who said nothing on this version. */
  readonly silent: readonly Member[];
  /**
   * A third or more of the power holds other files: even if all who are silent take the sealed one, it can't get
   * more than two thirds, and the chain stops at block 2.
   */
  readonly deadlock: boolean;
};

/**
 * Readiness by power. Words are given oldest first and an operator's newest counts; words on another version are
 * void, and words of who is not in the genesis weigh nothing.
 */
export function readinessOf(
  { version, sha256, members }: SealedVersion,
  attestations: readonly HeldGenesis[],
  beacons: readonly NodeWord[],
): Readiness {
  const current = <Word extends HeldGenesis>(words: readonly Word[]) =>
    new Map(words.filter((word) => word.version === version).map((word) => [word.operator, word]));
  const [attests, nodes] = [current(attestations), current(beacons)];
  const groups = new Map<string, { power: bigint; operators: string[] }>();
  const silent: Member[] = [];
  let ready = 0n;
  for (const member of members) {
    const held = attests.get(member.operator)?.genesisSha256;
    if (held === undefined) {
      silent.push(member);
      continue;
    }
    const group = groups.get(held) ?? { power: 0n, operators: [] };
    groups.set(held, { power: group.power + member.power, operators: [...group.operators, member.operator] });
    const node = nodes.get(member.operator);
    if (held === sha256 && node?.genesisSha256 === sha256 && node.initChainPassed) ready += member.power;
  }
  const total = members.reduce((sum, { power }) => sum + power, 0n);
  const hashes = [...groups].map(([hash, group]) => ({ sha256: hash, ...group })).sort(byPower);
  const attested = groups.get(sha256)?.power ?? 0n;
  const others = hashes.reduce((sum, { power }) => sum + power, -attested);
  return { total, hashes, attested, ready, silent, deadlock: others > 0n && others * 3n >= total };
}

function byPower(a: HashPower, b: HashPower): number {
  if (a.power !== b.power) return a.power > b.power ? -1 : 1;
  return a.sha256 < b.sha256 ? -1 : 1;
}

import { claimState } from "../../workers/domain/claim/claim-state.ts";
import type { ClaimRow } from "../../workers/domain/claim/records.ts";
import { amountOf } from "../../workers/domain/shared/coin.ts";
import { DENOM, hashOf, type SimChain } from "./sim-chain.ts";
import { decodeTx } from "./sim-codec.ts";
import type { World } from "./world.ts";

type Paid = { readonly hash: string; readonly chain: SimChain };

/** Holds a world that has come to rest against the five properties; properties 3 and 4 are watched on the way. */
export function judge(world: World): void {
  const paidFor = new Map<string, Paid[]>();
  for (const chain of world.chains) readChain(world, chain, paidFor);
  const store = world.openStore();
  for (const claim of world.disk.image.claims) judgeClaim(world, store, claim, paidFor.get(nameOf(claim)) ?? []);
  for (const [id, paid] of paidFor) {
    const last = paid.filter(({ chain }) => chain === paid[0]?.chain);
    if (last.length > 1) world.violate(`1: claim ${id} was paid ${last.length} times`);
  }
  judgeReadModel(world);
}

/** A claim that a backup forgot may be asked for again under its id: that is another claim. */
function nameOf(claim: ClaimRow): string {
  return `${claim.id}@${claim.createdAtMs}`;
}

/** Property 2: what moved is what was signed for, and the outbox knows of every fee. */
function readChain(world: World, chain: SimChain, paidFor: Map<string, Paid[]>): void {
  const current = chain === world.chain;
  for (const block of chain.blocks) {
    block.txs.forEach((bytes, index) => {
      const [tx, result, hash] = [decodeTx(bytes), block.results[index], hashOf(bytes)];
      const claims = world.witness.signedFor.get(hash);
      if (!claims || !result || result.refused || result.gasUsed === 0n) return;
      const row = world.disk.batchByHash.get(hash);
      const expected = result.code === 0 ? "paid" : "failed";
      const forgotten = world.witness.forgottenHashes.has(hash);
      if (current && !(row ? row.state === expected : forgotten)) {
        world.violate(
          `2: ${hash} is ${expected} in block ${block.height} and ${row?.state ?? "unknown"} in the outbox`,
        );
      }
      if (row && amountOf(row.tx.fee, DENOM) !== amountOf(tx.fee, DENOM))
        world.violate(`2: the fee of ${hash} is not accounted for`);
      if (result.code !== 0) return;
      const moved = tx.payments.map(({ recipient, coins }) => `${recipient}:${amountOf(coins, DENOM)}`).join();
      const owed = claims.map((claim) => `${claim.recipient}:${amountOf(claim.coins, DENOM)}`).join();
      if (moved !== owed) world.violate(`2: ${hash} moved ${moved}, signed for ${owed}`);
      for (const claim of claims) paidFor.set(nameOf(claim), [...(paidFor.get(nameOf(claim)) ?? []), { hash, chain }]);
    });
  }
}

/** Properties 1 and 5 for one claim. */
function judgeClaim(world: World, store: ReturnType<World["openStore"]>, claim: ClaimRow, paid: readonly Paid[]): void {
  const batch = store.batchCovering(claim.seq);
  const state = claimState(batch);
  if (state === "queued" || state === "submitted") {
    world.violate(`5: claim ${claim.id} is still ${state}`);
    return;
  }
  if (state === "confirmed" && !paid.some(({ hash }) => hash === batch?.tx.hash)) {
    world.violate(`1: claim ${claim.id} is confirmed and ${batch?.tx.hash} did not pay it`);
  }
  const repaid = paid.filter(({ hash, chain }) => chain === world.chain && hash !== batch?.tx.hash);
  if (state === "confirmed" && repaid.length > 0)
    world.violate(`1: claim ${claim.id} was also paid by ${repaid[0]?.hash}`);
  if (state === "failed" && paid.some(({ chain }) => chain === world.chain)) {
    world.violate(`1: claim ${claim.id} failed (${batch?.code}) and was paid`);
  }
}

/** The read model ends up with every row as the truth has it. */
function judgeReadModel(world: World): void {
  const { claims, batches } = world.disk.image;
  for (const claim of claims) {
    if (world.projected.claims.get(claim.seq)?.id !== claim.id) world.violate(`the read model lacks claim ${claim.id}`);
  }
  for (const batch of batches) {
    if (world.projected.batches.get(batch.n)?.state !== batch.state)
      world.violate(`the read model lacks batch ${batch.id}`);
  }
}

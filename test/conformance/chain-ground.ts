import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { toBech32 } from "@cosmjs/encoding";
import { AuthInfo, TxRaw } from "cosmjs-types/cosmos/tx/v1beta1/tx";
import { type Network, readNetwork } from "../../networks/schema.ts";
import { openDriver } from "../../workers/chains/registry.ts";
import type { Answer, ChainDriver, Found, Order, Payment, Point, SignedTx } from "../../workers/domain/chain/driver.ts";

/** A running chain that a driver is held against, and what a test may do to it. */
export type ChainGround = {
  readonly chainId: string;
  readonly prefix: string;
  readonly denom: string;
  readonly rpcUrl: string;
  /** Of an account with at least 10^12 base units and no other owner. */
  readonly mnemonic: string;
  /** Begins the chain anew: same chain id and accounts, other hashes. */
  reset(): Promise<void>;
  stop(): Promise<void>;
};

/** Gas and limits as PAW has them, so that 380 payments are the most. */
export function networkOn(ground: ChainGround, rpc: readonly string[], gas: Record<string, unknown> = {}): Network {
  return readNetwork("test", {
    chainId: ground.chainId,
    name: "Test",
    driver: "cosmos",
    bech32Prefix: ground.prefix,
    denoms: [{ denom: ground.denom, display: "TEST", exponent: 6 }],
    cosmos: { rpc, tx: { gasMax: 10_000_000 }, gas, gasPrice: { denom: ground.denom, milliAmount: 1 } },
    faucet: { drips: [{ denom: ground.denom, amount: "1" }] },
  });
}

/** The driver as the Worker opens it. */
export function driverOn(ground: ChainGround, rpc = [ground.rpcUrl], gas = {}): Promise<ChainDriver> {
  return openDriver(networkOn(ground, rpc, gas), ground.mnemonic, Date.now, () => undefined);
}

let recipients = 0;

/** An address that was never used, on any chain. */
export function freshAddress({ prefix }: ChainGround): string {
  recipients += 1;
  const seed = `${process.pid} ${Date.now()} ${recipients}`;
  return toBech32(prefix, createHash("sha256").update(seed).digest().subarray(0, 20));
}

/** Payments of `amount` base units to so many fresh addresses. */
export function freshPayments(ground: ChainGround, count: number, amount = 1_000n): Payment[] {
  const { denom } = ground;
  return Array.from({ length: count }, () => ({ recipient: freshAddress(ground), coins: [{ denom, amount }] }));
}

/** Signs on top of the newest block; 40 blocks to land in, unless told otherwise. */
export async function prepareOn(
  driver: ChainDriver,
  payments: readonly Payment[],
  change: Partial<Order> & { readonly ahead?: number } = {},
): Promise<SignedTx> {
  const { height, hash } = await driver.tip(0);
  const { ahead = 40, ...rest } = change;
  const order = { payments, memo: "test ", anchor: { height, hash }, timeoutHeight: height + ahead, attempt: 1 };
  return driver.prepare({ ...order, reserves: await nextFree(driver), ...rest });
}

/** What the next transaction takes. The account exists from genesis on. */
export async function nextFree(driver: ChainDriver): Promise<string> {
  const standing = await driver.standing(driver.signer);
  if (!standing) throw new Error("the faucet has no account");
  return standing.used;
}

/** Walks from the anchor on until the transaction is found or its time is over; null: it was in no block. */
export async function follow(driver: ChainDriver, tx: SignedTx, through = tx.timeoutHeight): Promise<Found | null> {
  let cursor: Point = tx.anchor;
  const deadline = Date.now() + 60_000;
  while (cursor.height < through) {
    if (Date.now() > deadline) throw new Error(`walked to ${cursor.height} of ${through} in a minute`);
    const walk = await driver.walk(cursor, through, 100, new Set([tx.hash]), "no such mark");
    const found = walk.found.find(({ hash }) => hash === tx.hash);
    if (found) return found;
    if (walk.cursor.height === cursor.height) await sleep(40);
    cursor = walk.cursor;
  }
  return null;
}

/** Submits and follows. Throws when a node refuses it. */
export async function payOut(driver: ChainDriver, tx: SignedTx): Promise<Found> {
  const answer = await driver.submit(tx);
  if (codeOf(answer) !== 0) throw new Error(`refused: ${JSON.stringify(answer)}`);
  return landed(driver, tx);
}

/** Follows, and waits until the state after its block can be read. Throws when no block held it. */
export async function landed(driver: ChainDriver, tx: SignedTx): Promise<Found> {
  const found = await follow(driver, tx);
  if (!found) throw new Error("it was in no block");
  await committed(driver, found.height);
  return found;
}

/** A node shows a block a moment before its state can be read. */
export async function committed(driver: ChainDriver, height: number): Promise<void> {
  const deadline = Date.now() + 90_000;
  for (;;) {
    const standing = await driver.standing(driver.signer);
    if (standing && standing.height >= height) return;
    if (Date.now() > deadline) throw new Error(`the state after block ${height} was not there in 90 s`);
    await sleep(40);
  }
}

/** The answer's code; null: nobody answered. */
export function codeOf(answer: Answer): number | null {
  return "code" in answer ? answer.code : null;
}

export async function amountAt(driver: ChainDriver, address: string, denom: string): Promise<bigint> {
  return (await driver.balance(address, [denom]))[0]?.amount ?? 0n;
}

/** The gas limit that was signed. */
export function gasLimitOf({ bytes }: SignedTx): bigint {
  return AuthInfo.decode(TxRaw.decode(bytes).authInfoBytes).fee?.gasLimit ?? 0n;
}

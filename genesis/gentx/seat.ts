import type { CreateValidator, Gentx } from "./gentx.ts";
import { writeBase64 } from "./go-json.ts";
import { singleKeys } from "./key.ts";
import { type Peer, readPeer } from "./peer.ts";
import { skeletonOf } from "./skeleton.ts";

/** What a gentx says and takes, for people and for judging the next ones. */
export type Seat = {
  readonly operator: string;
  readonly moniker: string;
  /** What the moniker looks like; see `skeletonOf`. */
  readonly skeleton: string;
  readonly denom: string;
  readonly amount: bigint;
  readonly power: bigint;
  /** Base64 of the consensus key. */
  readonly consensusKey: string;
  /** Base64 of each single account key. */
  readonly accountKeys: readonly string[];
  readonly peer: Peer | null;
  readonly identity: string;
  readonly securityContact: string;
  /** All that it says but for names and keys: equal for copies. */
  readonly shape: string;
  /** When it was handed in; a caller that knows may set it. */
  readonly atMs?: number;
};

/** Sums a gentx up. */
export function seatOf(gentx: Gentx, message: CreateValidator, powerReduction: bigint): Seat {
  const { description, commission, pubkey, value } = message;
  const amount = value.amount ?? 0n;
  const rates = [commission.rate, commission.maxRate, commission.maxChangeRate, message.minSelfDelegation];
  return {
    operator: message.validatorAddress.toLowerCase(),
    moniker: description.moniker,
    skeleton: skeletonOf(description.moniker),
    denom: value.denom,
    amount,
    power: amount / powerReduction,
    consensusKey: pubkey === null ? "" : singleKeys(pubkey).map(writeBase64).join(","),
    accountKeys: gentx.signers.flatMap(({ publicKey }) =>
      publicKey === null ? [] : singleKeys(publicKey).map(writeBase64),
    ),
    peer: readPeer(gentx.body.memo),
    identity: description.identity,
    securityContact: description.securityContact,
    shape: JSON.stringify(
      [
        amount,
        ...rates,
        description.identity,
        description.website,
        description.securityContact,
        description.details,
      ].map(String),
    ),
  };
}

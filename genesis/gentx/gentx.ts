import type { Said } from "../document/said.ts";
import type { PublicKey } from "./key.ts";

/** Amount and denom. Null: no amount was given, which the SDK's tools panic over. */
export type Coin = { readonly denom: string; readonly amount: bigint | null };

/** What a validator says of itself. */
export type Description = {
  readonly moniker: string;
  readonly identity: string;
  readonly website: string;
  readonly securityContact: string;
  readonly details: string;
};

/** Rates as counts of 10^-18; null where none was given. */
export type Commission = {
  readonly rate: bigint | null;
  readonly maxRate: bigint | null;
  readonly maxChangeRate: bigint | null;
};

/** `cosmos.staking.v1beta1.MsgCreateValidator`. */
export type CreateValidator = {
  readonly description: Description;
  readonly commission: Commission;
  readonly minSelfDelegation: bigint | null;
  readonly delegatorAddress: string;
  readonly validatorAddress: string;
  readonly pubkey: PublicKey | null;
  readonly value: Coin;
};

/** How a signature was made: by one key, or by several of a multisig, whose bits are the most significant first. */
export type ModeInfo =
  | { readonly kind: "single"; readonly mode: number }
  | { readonly kind: "multi"; readonly bits: BitArray | null; readonly modes: readonly ModeInfo[] };

/** `CompactBitArray`: which keys of a multisig signed. */
export type BitArray = { readonly extraBits: number; readonly bytes: Uint8Array };

/** Who signed, how, and at which sequence. */
export type SignerInfo = {
  readonly publicKey: PublicKey | null;
  readonly mode: ModeInfo | null;
  readonly sequence: bigint;
};

/** What the transaction pays. */
export type Fee = {
  readonly amount: readonly Coin[];
  readonly gasLimit: bigint;
  readonly payer: string;
  readonly granter: string;
};

/** A deprecated field that `gentx` still writes as null. */
export type Tip = { readonly amount: readonly Coin[]; readonly tipper: string };

/** What signatures are made over, next to the message. */
export type Body = { readonly memo: string; readonly timeoutHeight: bigint };

/** `cosmos.bank.v1beta1.MsgSend`. */
export type Send = {
  readonly fromAddress: string;
  readonly toAddress: string;
  readonly amount: readonly Coin[];
};

/** A message that signatures are checked over. */
export type Message = CreateValidator | Send;

/** A gentx that was read. */
export type Gentx = Tx<CreateValidator>;

/** A transaction that was read. */
export type Tx<One extends Message = Message> = {
  /** The one message, or null where there isn't exactly one of the kind that was asked for. */
  readonly message: One | null;
  /** The type of every message. */
  readonly messageTypes: readonly string[];
  readonly extensionOptions: number;
  readonly body: Body;
  readonly signers: readonly SignerInfo[];
  readonly fee: Fee | null;
  readonly tip: Tip | null;
  readonly signatures: readonly Uint8Array[];
  /** Spellings that the SDK takes and nobody should write. */
  readonly odd: readonly Said[];
};

/** The modes in which a gentx may be signed. */
export const signMode = { direct: 1, legacyAminoJson: 127 } as const;

import { BaseAccount } from "cosmjs-types/cosmos/auth/v1beta1/auth";
import { QueryAccountRequest, QueryAccountResponse } from "cosmjs-types/cosmos/auth/v1beta1/query";
import {
  QueryAllBalancesRequest,
  QueryAllBalancesResponse,
  QueryBalanceRequest,
  QueryBalanceResponse,
} from "cosmjs-types/cosmos/bank/v1beta1/query";
import { PubKey } from "cosmjs-types/cosmos/crypto/secp256k1/keys";
import { SimulateRequest, SimulateResponse } from "cosmjs-types/cosmos/tx/v1beta1/service";
import { Tx, TxRaw } from "cosmjs-types/cosmos/tx/v1beta1/tx";
import type { AccountReader } from "./accounts.ts";
import { readAddress } from "./address.ts";
import type { Chain } from "./chain.ts";
import { isDenom } from "./coins.ts";
import { type Refusal, refuse } from "./refusal.ts";

/** An ABCI query's answer. Height is that of the state read, 0 when none was. */
export type QueryAnswer = { readonly height: number; readonly value: Uint8Array; readonly refusal: Refusal | null };

type Reply = Uint8Array | Refusal;
type Handler = (chain: Chain, state: AccountReader, data: Uint8Array) => Reply;

const handlers: Record<string, Handler> = {
  "/cosmos.auth.v1beta1.Query/Account": account,
  "/cosmos.bank.v1beta1.Query/Balance": balance,
  "/cosmos.bank.v1beta1.Query/AllBalances": allBalances,
  "/cosmos.tx.v1beta1.Service/Simulate": simulate,
};

/**
 * BaseApp.Query for the gRPC paths that wallets and drivers use. Height 0 asks for the newest state; one in the
 * future or pruned is refused as in baseapp/abci.go CreateQueryContext.
 */
export function query(chain: Chain, path: string, data: Uint8Array, asked: number): QueryAnswer {
  const handler = Object.hasOwn(handlers, path) ? handlers[path] : undefined;
  if (handler === undefined) return refused(refuse("unknownRequest", "unknown query path"), 0);
  if (asked < 0) {
    return refused(refuse("invalidRequest", "cannot query with height < 0; please provide a valid height"), 0);
  }
  if (asked > chain.height) {
    const text = "cannot query with height in the future; please provide a valid height";
    return refused(refuse("invalidHeight", text), 0);
  }
  const height = asked === 0 ? chain.height : asked;
  const state = chain.stateAt(height);
  if (state === null) {
    const text = `failed to load state at height ${height}; version does not exist (latest height: ${chain.height})`;
    return refused(refuse("invalidRequest", text), 0);
  }
  const reply = answer(handler, chain, state, data);
  return reply instanceof Uint8Array ? { height, value: reply, refusal: null } : refused(reply, height);
}

function answer(handler: Handler, chain: Chain, state: AccountReader, data: Uint8Array): Reply {
  try {
    return handler(chain, state, data);
  } catch (cause) {
    // Only a request that does not decode throws here.
    return refuse("invalidRequest", cause instanceof Error ? cause.message : "malformed request");
  }
}

function refused(refusal: Refusal, height: number): QueryAnswer {
  return { height, value: new Uint8Array(), refusal };
}

/** The SDK error that BaseApp makes of a gRPC status: gRPCErrorToSDKError in baseapp/abci.go. */
const grpcErrors = {
  NotFound: "keyNotFound",
  InvalidArgument: "invalidRequest",
  Unknown: "unknownRequest",
} as const;

function grpc(code: keyof typeof grpcErrors, text: string): Refusal {
  return refuse(grpcErrors[code], `rpc error: code = ${code} desc = ${text}`);
}

function account({ settings }: Chain, state: AccountReader, data: Uint8Array): Reply {
  const request = QueryAccountRequest.decode(data);
  const read = readAddress(request.address, settings.prefix);
  if (!read.ok) return grpc("InvalidArgument", read.fault);
  const found = state.get(read.address);
  if (found === undefined) return grpc("NotFound", `account ${request.address} not found`);
  const key = PubKey.encode(PubKey.fromPartial({ key: Buffer.from(found.publicKey, "hex") })).finish();
  const value = BaseAccount.encode(
    BaseAccount.fromPartial({
      address: read.address,
      ...(found.publicKey === "" ? {} : { pubKey: { typeUrl: "/cosmos.crypto.secp256k1.PubKey", value: key } }),
      accountNumber: found.number,
      sequence: found.sequence,
    }),
  ).finish();
  const any = { typeUrl: "/cosmos.auth.v1beta1.BaseAccount", value };
  return QueryAccountResponse.encode(QueryAccountResponse.fromPartial({ account: any })).finish();
}

function balance({ settings }: Chain, state: AccountReader, data: Uint8Array): Reply {
  const { address, denom } = QueryBalanceRequest.decode(data);
  if (!isDenom(denom)) return grpc("InvalidArgument", `invalid denom: ${denom}`);
  const read = readAddress(address, settings.prefix);
  if (!read.ok) return grpc("InvalidArgument", `invalid address: ${read.fault}`);
  const amount = state.get(read.address)?.coins.get(denom) ?? 0n;
  const coin = { denom, amount: `${amount}` };
  return QueryBalanceResponse.encode(QueryBalanceResponse.fromPartial({ balance: coin })).finish();
}

/** Without pages: an account here holds a handful of denoms. */
function allBalances({ settings }: Chain, state: AccountReader, data: Uint8Array): Reply {
  const read = readAddress(QueryAllBalancesRequest.decode(data).address, settings.prefix);
  if (!read.ok) return grpc("InvalidArgument", `invalid address: ${read.fault}`);
  const coins = [...(state.get(read.address)?.coins ?? [])];
  const balances = coins
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([denom, amount]) => ({ denom, amount: `${amount}` }));
  const pagination = { nextKey: new Uint8Array(), total: BigInt(balances.length) };
  return QueryAllBalancesResponse.encode(QueryAllBalancesResponse.fromPartial({ balances, pagination })).finish();
}

/** Always on the pending state, whatever height was asked, as x/auth/tx/service.go. */
function simulate(chain: Chain, _state: AccountReader, data: Uint8Array): Reply {
  const request = SimulateRequest.decode(data);
  const bytes = request.txBytes.length > 0 ? request.txBytes : reencode(request.tx);
  if (bytes === null) return grpc("InvalidArgument", "empty txBytes is not allowed");
  const { code, log, gasUsed, data: txData } = chain.simulate(bytes);
  if (code !== 0) return grpc("Unknown", `${log} with gas used: '${gasUsed}'`);
  // An infinite gas meter's limit is reported as 0.
  const response = { gasInfo: { gasWanted: 0n, gasUsed }, result: { data: txData, log: "" } };
  return SimulateResponse.encode(SimulateResponse.fromPartial(response)).finish();
}

/** The deprecated `tx` field: what old clients send in place of bytes. */
function reencode(tx: Tx | undefined): Uint8Array | null {
  if (tx === undefined) return null;
  const raw = TxRaw.decode(Tx.encode(tx).finish());
  return raw.bodyBytes.length === 0 ? null : TxRaw.encode(raw).finish();
}

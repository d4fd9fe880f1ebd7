import { describe, expect, it } from "vitest";
import type { Context } from "../../genesis/gentx/context.ts";
import { judgeGentx } from "../../genesis/gentx/judge.ts";
import type { RuleId } from "../../genesis/gentx/rules.ts";
import type { Seat } from "../../genesis/gentx/seat.ts";
import { account, consensusKey, context, draft, edited, facts, gentx, type MessageJson, sign } from "./gentxs.ts";

/** Launches that failed or hurt, as their gentxs would come to us. The page of each is in docs/genesis.md. */
type Launch = {
  readonly name: string;
  readonly text: string;
  readonly stoppedBy: RuleId;
  readonly says?: string;
  readonly context?: Partial<Context>;
};

const seat = (number: number): Seat => judgeGentx(gentx(undefined, number), context).gentx!;
const bent = (change: (message: MessageJson) => void) => gentx((message) => change(message));
const mnemonic = "legal winner thank year wave sausage worth useful legal winner thank yellow";

const launches: readonly Launch[] = [
  {
    name: "cosmos-gaminghub/testnets#43, OmniFlix/mainnet#40: gentxs signed for another chain id",
    text: sign(draft(), { chainId: "paw-test-2" }),
    stoppedBy: "signature",
    says: 'it was signed for the chain id "paw-test-2"',
  },
  {
    name: "evmos/testnets#2663: a commission above 100 %",
    text: bent((message) => Object.assign(message.commission, { rate: "10.0", max_rate: "20.0" })),
    stoppedBy: "commission",
    says: "more than 1, which is 100 %",
  },
  {
    name: "evmos/testnets#2663: an empty description",
    text: bent((message) => Object.assign(message.description, { moniker: "", website: "", security_contact: "" })),
    stoppedBy: "description-empty",
  },
  {
    name: "evmos/testnets#2663: more bonded than the account has",
    text: bent((message) => Object.assign(message.value, { amount: "1000000001" })),
    stoppedBy: "balance",
    context: { genesis: facts() },
  },
  {
    name: "regen-network/testnets#65, hypersign networks#61: edited after signing",
    text: edited(gentx(), (tx) => Object.assign(tx.body.messages[0]!.description, { details: "added later" })),
    stoppedBy: "signature",
    says: "it was signed with the description's details empty",
  },
  {
    name: "cosmos/testnets#44: the same consensus key twice",
    text: bent((message) => Object.assign(message, { pubkey: consensusKey(1) })),
    stoppedBy: "duplicate-consensus-key",
    context: { others: [seat(1)] },
  },
  {
    name: "cosmos/mainnet#97: three gentxs, one address",
    text: bent((message) => Object.assign(message, { pubkey: consensusKey(7) })),
    stoppedBy: "duplicate-operator",
    context: { others: [seat(0)] },
  },
  {
    name: "cosmos-sdk#8908: a bond below one unit of power",
    text: bent((message) => Object.assign(message.value, { amount: "1000" })),
    stoppedBy: "power-unit",
  },
  {
    name: "ethermint#1066: powers above CometBFT's limit",
    text: bent((message) => Object.assign(message.value, { amount: "1152921504606846976000000" })),
    stoppedBy: "power-sum",
  },
  {
    name: "migaloo-chain#149: `stake` left as a denom",
    text: bent((message) => Object.assign(message.value, { denom: "stake" })),
    stoppedBy: "bond-denom",
    says: 'the bond denom is "upaw"',
  },
  {
    name: "umee testnets#549: the memo TBA@127.0.0.1",
    text: gentx((_, tx) => Object.assign(tx.body, { memo: "TBA@127.0.0.1" })),
    stoppedBy: "memo-peer",
    context: { policy: { memoRequired: true } },
  },
  {
    name: "OmniFlix/testnets#562: a mnemonic in the file",
    text: bent((message) => Object.assign(message.description, { details: mnemonic })),
    stoppedBy: "secret",
  },
  {
    name: "PAW's own tool: another account named as delegator, whose stake it spends",
    text: bent((message) => Object.assign(message, { delegator_address: account(5) })),
    stoppedBy: "delegator-address",
  },
  {
    name: "the SDK's collect: peers of the same moniker are dropped",
    text: bent((message) => Object.assign(message.description, { moniker: "BIRCH " })),
    stoppedBy: "moniker",
    context: { others: [seat(1)] },
  },
];

describe("launches that failed", () => {
  it.each(launches)("$name", ({ text, stoppedBy, says, context: more }) => {
    const { ok, failures } = judgeGentx(text, { ...context, ...more });
    expect(ok).toBe(false);
    expect(failures.map(({ rule }) => rule)).toContain(stoppedBy);
    if (says !== undefined) expect(failures.map(({ message }) => message).join()).toContain(says);
  });
});

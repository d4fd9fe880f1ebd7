import { secp256k1 } from "@noble/curves/secp256k1.js";
import { describe, expect, it } from "vitest";
import { writeBech32 } from "../../genesis/gentx/bech32.ts";
import type { Context } from "../../genesis/gentx/context.ts";
import { judgeGentx } from "../../genesis/gentx/judge.ts";
import { type RuleId, rules } from "../../genesis/gentx/rules.ts";
import type { Seat } from "../../genesis/gentx/seat.ts";
import {
  account,
  accountBytes,
  base64,
  consensusKey,
  context,
  draft,
  edited,
  facts,
  gentx,
  keyJson,
  operator,
  sign,
  unit,
} from "./gentxs.ts";
import { multisigDraft, signMultisig } from "./multisigs.ts";

/** A gentx that breaks a rule, what it is judged against, and the rules that break along with it. */
type Break = { readonly text: string; readonly context?: Partial<Context>; readonly with?: readonly RuleId[] };

const valid = gentx();
const seat = (number: number, changes: Partial<Seat> = {}): Seat => ({
  ...judgeGentx(gentx(undefined, number), context).gentx!,
  ...changes,
});
const high = (text: string) =>
  edited(text, (tx) => {
    const { r, s } = secp256k1.Signature.fromBytes(Buffer.from(tx.signatures[0]!, "base64"));
    const twin = new secp256k1.Signature(r, secp256k1.Point.Fn.ORDER - s);
    tx.signatures = [base64(twin.toBytes())];
  });
const manyKeys = [0, 1, 2, 3, 4, 5, 6, 7];
const peers = { policy: { memoRequired: true } };
const memo = (words: string) => gentx((_, tx) => Object.assign(tx.body, { memo: words }));

/** One for each rule: a rule of the catalogue without its break doesn't compile, and fails. */
const breaks: Readonly<Record<RuleId, Break>> = {
  decode: { text: valid.replace('"memo"', '"memmo"') },
  "one-message": { text: edited(valid, (tx) => void tx.body.messages.push(tx.body.messages[0]!)) },
  "extension-options": { text: edited(valid, (tx) => void tx.body.extension_options.push({})) },
  "operator-address": {
    text: gentx((message) =>
      Object.assign(message, { validator_address: writeBech32("cosmosvaloper", accountBytes(0)) }),
    ),
  },
  "one-signer": { text: edited(valid, (tx) => void tx.signatures.push(tx.signatures[0]!)) },
  "signer-key-type": {
    text: gentx((_, tx) => Object.assign(tx.auth_info.signer_infos[0]!, { public_key: consensusKey(3) })),
    with: ["signer-key"],
  },
  "signer-key": {
    text: (() => {
      const tx = draft(0);
      tx.auth_info.signer_infos[0]!.public_key = keyJson(1);
      return sign(tx, { key: 1 });
    })(),
  },
  "signature-count": { text: signMultisig(multisigDraft(manyKeys, 1, [0]), [0]) },
  "sign-mode": { text: valid.replace("SIGN_MODE_DIRECT", "SIGN_MODE_TEXTUAL") },
  multisig: { text: signMultisig(multisigDraft([0, 1, 2], 2, [0]), [0]) },
  "low-s": { text: high(valid) },
  sequence: { text: gentx((_, tx) => Object.assign(tx.auth_info.signer_infos[0]!, { sequence: "1" })) },
  signature: { text: edited(valid, (tx) => Object.assign(tx.body, { memo: "edited" })) },
  fee: {
    text: gentx((_, tx) => void tx.auth_info.fee.amount.push({ denom: "upaw", amount: "-1" })),
    with: ["spelling"],
  },
  "fee-gas": {
    text: gentx((_, tx) =>
      Object.assign(tx.auth_info.fee, { amount: [{ denom: "upaw", amount: "1" }], gas_limit: "0" }),
    ),
  },
  gas: { text: valid, context: { genesis: facts({ maxGas: 100_000n }) } },
  "memo-length": { text: memo("m".repeat(257)) },
  amount: { text: gentx((message) => Object.assign(message.value, { amount: "0" })), with: ["min-self-delegation"] },
  "bond-denom": { text: gentx((message) => Object.assign(message.value, { denom: "stake" })) },
  commission: { text: gentx((message) => Object.assign(message.commission, { rate: "0.21" })) },
  "commission-minimum": { text: valid, context: { genesis: facts({ minCommissionRate: 2n * 10n ** 17n }) } },
  "min-self-delegation": { text: gentx((message) => Object.assign(message, { min_self_delegation: "500000001" })) },
  "description-empty": {
    text: gentx((message) => Object.assign(message.description, { moniker: "", website: "", security_contact: "" })),
    with: ["security-contact"],
  },
  "description-length": { text: gentx((message) => Object.assign(message.description, { moniker: "é".repeat(36) })) },
  "consensus-key": { text: gentx((message) => Object.assign(message, { pubkey: keyJson(4) })) },
  account: { text: valid, context: { genesis: facts({ balances: new Map() }) } },
  balance: { text: valid, context: { genesis: facts({ balances: new Map([[account(0), new Map([["upaw", 1n]])]]) }) } },
  "duplicate-operator": {
    text: gentx((message) => Object.assign(message, { pubkey: consensusKey(9) })),
    context: { others: [seat(0, { skeleton: "another", atMs: 0 })] },
  },
  "duplicate-consensus-key": {
    text: gentx((message) => Object.assign(message, { pubkey: consensusKey(1) })),
    context: { others: [seat(1)] },
  },
  "power-sum": { text: valid, context: { others: [seat(1, { power: 2n ** 60n })] }, with: [] },

  secret: {
    text: gentx((message) => Object.assign(message.description, { details: `${"abandon ".repeat(11)}about` })),
  },
  size: { text: `${valid}${" ".repeat(32 * 1024)}` },
  encoding: { text: gentx((message) => Object.assign(message.description, { details: "caf\ufffd" })) },
  "trailing-document": { text: `${valid}\n${valid}` },
  "duplicate-key": { text: valid.replace('"memo":', '"memo":"another","memo":') },
  spelling: { text: valid.replace('"gas_limit":"200000"', '"gasLimit":200000') },
  "delegator-address": { text: gentx((message) => Object.assign(message, { delegator_address: account(1) })) },
  "power-unit": { text: gentx((message) => Object.assign(message.value, { amount: "999999" })) },
  "max-validators": { text: valid, context: { genesis: facts({ maxValidators: 1 }), others: [seat(1)] } },
  "commission-bounds": { text: valid, context: { policy: { commission: { max: 5n * 10n ** 16n } } } },
  "self-delegation-bounds": { text: valid, context: { policy: { selfDelegation: { max: 1n } } } },
  "memo-peer": { text: memo("TBA@127.0.0.1"), context: peers },
  "memo-address": { text: memo(`${"b".repeat(40)}@192.168.2.238:26656`), context: peers },
  "memo-node-id": {
    text: gentx((_, tx) => Object.assign(tx.body, { memo: draft(1).body.memo })),
    context: { ...peers, others: [seat(1)] },
  },
  "text-controls": {
    text: gentx((message) => Object.assign(message.description, { website: "https://\u202emoc.live" })),
  },
  moniker: {
    text: gentx((message) => Object.assign(message.description, { moniker: "Вirсh" })),
    context: { others: [seat(1)] },
  },
  "shared-key": { text: valid, context: { others: [seat(1, { accountKeys: seat(0).accountKeys })] } },

  "security-contact": { text: gentx((message) => Object.assign(message.description, { security_contact: "" })) },
  "commission-at-maximum": { text: gentx((message) => Object.assign(message.commission, { rate: "0.2" })) },
  "one-hand": {
    text: gentx((message) => Object.assign(message.value, { amount: "900000000000" })),
    context: { others: [seat(1), seat(2), seat(3)] },
  },
  "same-shape": {
    text: valid,
    context: { others: [1, 2].map((number) => seat(number, { shape: seat(0).shape })) },
  },
};

const judge = ({ text, context: more }: Break, onlyFatal = false) =>
  judgeGentx(text, { ...context, ...more, policy: { ...more?.policy, onlyFatal } });

describe("the catalogue of rules", () => {
  it("lets a gentx of the SDK's own pass without a word, with and without its genesis", () => {
    expect(judge({ text: valid })).toMatchObject({ ok: true, failures: [], warnings: [] });
    const whole = judge({ text: valid, context: { genesis: facts(), others: [seat(1), seat(2)], ...peers } });
    expect(whole).toMatchObject({ ok: true, failures: [], warnings: [] });
    expect(whole.gentx).toMatchObject({ operator: operator(0), moniker: "alder", power: 500_000_000n / unit });
  });

  it.each(Object.keys(rules) as RuleId[])("%s fires, and nothing else with it", (rule) => {
    const { severity, remedy } = rules[rule];
    const { ok, failures, warnings } = judge(breaks[rule]);
    const found = [...failures, ...warnings];
    expect([...new Set(found.map((one) => one.rule))].sort()).toEqual([rule, ...(breaks[rule].with ?? [])].sort());
    expect(found.find((one) => one.rule === rule)).toMatchObject({ remedy });
    expect(ok).toBe(failures.length === 0);
    if (severity !== "advice") expect(failures.map((one) => one.rule)).toContain(rule);
    if (severity === "advice") expect(warnings.map((one) => one.rule)).toContain(rule);
  });

  it.each(Object.keys(rules) as RuleId[])("%s counts as what a node refuses only where it is", (rule) => {
    const { failures, warnings } = judge(breaks[rule], true);
    const others = (breaks[rule].with ?? []).filter((one) => rules[one].severity === "fatal");
    const expected = rules[rule].severity === "fatal" ? [rule, ...others] : others;
    expect([...new Set(failures.map((one) => one.rule))].sort()).toEqual([...expected].sort());
    expect(warnings).toEqual([]);
  });

  it.each(Object.keys(rules) as RuleId[])(
    "%s only warns where the network waives it, unless a node refuses it",
    (rule) => {
      const { text, context: more } = breaks[rule];
      const { failures } = judgeGentx(text, { ...context, ...more, policy: { ...more?.policy, waived: [rule] } });
      expect(failures.some((one) => one.rule === rule)).toBe(rules[rule].severity === "fatal");
    },
  );

  it("tells all failures at once", () => {
    const text = gentx((message, tx) => {
      Object.assign(message.commission, { rate: "1.5", max_rate: "1.2" });
      Object.assign(message.value, { denom: "stake", amount: "0" });
      Object.assign(message.description, { moniker: "m".repeat(71) });
      Object.assign(tx.body, { memo: "m".repeat(300) });
    });
    const { failures } = judgeGentx(
      edited(text, (tx) => Object.assign(tx.auth_info.fee, { gas_limit: "1" })),
      context,
    );
    const found = new Set(failures.map(({ rule }) => rule));
    const all = ["commission", "bond-denom", "amount", "description-length", "memo-length", "signature"];
    expect(all.filter((rule) => !found.has(rule as RuleId))).toEqual([]);
  });
});

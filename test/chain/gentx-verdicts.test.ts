import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readBech32, writeBech32 } from "../../genesis/gentx/bech32.ts";
import type { Context } from "../../genesis/gentx/context.ts";
import { genesisFacts } from "../../genesis/gentx/genesis-facts.ts";
import { judgeGentx } from "../../genesis/gentx/judge.ts";
import type { Seat } from "../../genesis/gentx/seat.ts";
import { parseJson } from "../../genesis/json/parse.ts";
import { buildTimeoutMs, goAvailable } from "../devnet/build.ts";
import { account, chainId, consensusKey, edited, gentx, type TxJson } from "../genesis/gentxs.ts";
import { GenesisGround } from "./genesis-ground.ts";
import { cases, multisigOperators, stricter } from "./gentx-cases.ts";
import { askSdk, type Told } from "./sdk-probe.ts";

const toAccount = (address: string) => writeBech32("paw", readBech32(address)!.bytes);
const people = [...Array.from({ length: 8 }, (_, number) => account(number)), ...multisigOperators.map(toAccount)];
const quiet = (_: unknown, tx: TxJson) => Object.assign(tx.body, { memo: "" });

describe.skipIf(!goAvailable())("the judge, and a real node that starts on the gentx", () => {
  let ground: GenesisGround;
  let context: Context;
  let anchor: string;
  /** What the real binary says of each case without a node: other tests ask it about thousands. */
  let probed: ReadonlyMap<string, Told>;

  beforeAll(async () => {
    const accounts = people.map((address) => ({ address, amount: 1_000_000_000n }));
    ground = await GenesisGround.make({ chainId, prefix: "paw", denom: "upaw", accounts });
    anchor = await ground.anchor();
    const genesis = genesisFacts(parseJson(await ground.genesis()).value);
    context = { chainId, prefix: "paw", genesis, policy: { onlyFatal: true } };
    const { gentx: seat } = judgeGentx(anchor, context);
    context = { ...context, others: seat === undefined ? [] : [seat] };
    const chain = { chainId, prefix: "paw", denom: "upaw", genesisFile: ground.genesisFile };
    const told = await askSdk(
      "gentx",
      cases.map(({ text }) => text),
      chain,
    );
    probed = new Map(told.map((each, index) => [cases[index]?.name ?? "", each]));
  }, buildTimeoutMs);
  afterAll(() => ground?.stop());

  it("agree on what the real binary makes, in both modes", async () => {
    for (const flags of [
      ["--moniker", "Söhne & <b>"],
      ["--sign-mode", "amino-json", "--details", "a & b > c"],
    ]) {
      const text = await ground.made(...flags);
      expect(judgeGentx(text, { ...context, others: [] }).failures).toEqual([]);
      expect(await ground.judge([text])).toMatchObject({ ok: true });
    }
  });

  it.each(cases)("agree on a gentx $name", async ({ name, text }) => {
    const ours = judgeGentx(text, context);
    const node = await ground.judge([anchor, text]);
    const told = `the node: ${node.by} ${node.said.slice(-1500)}\nours: ${JSON.stringify(ours.failures)}`;
    expect(node.ok, told).toBe(stricter.includes(name) || ours.ok);
    if (stricter.includes(name)) expect(ours.ok).toBe(false);
    expect(probed.get(name)?.ok, probed.get(name)?.error).toBe(node.ok);
  });

  it.each([
    ["the same file twice", [gentx(quiet), gentx(quiet)]],
    [
      "the same operator with another key",
      [
        gentx(quiet),
        gentx((message, tx) => {
          quiet(message, tx);
          Object.assign(message, { pubkey: consensusKey(5) });
        }),
      ],
    ],
    [
      "the same consensus key twice",
      [
        gentx(quiet),
        gentx((message, tx) => {
          quiet(message, tx);
          Object.assign(message, { pubkey: consensusKey(0) });
        }, 1),
      ],
    ],
    [
      "the same moniker and memo twice",
      [
        gentx(quiet),
        gentx((message, tx) => {
          quiet(message, tx);
          Object.assign(message.description, { moniker: "alder" });
        }, 1),
      ],
    ],
    [
      "two, of which one was edited",
      [gentx(quiet), edited(gentx(quiet, 1), (tx) => Object.assign(tx.body, { memo: "x" }))],
    ],
  ])("agree on %s", async (_, texts) => {
    const others: Seat[] = [...(context.others ?? [])];
    const ours = texts.map((text) => {
      const verdict = judgeGentx(text, { ...context, others });
      if (verdict.gentx !== undefined) others.push(verdict.gentx);
      return verdict;
    });
    const node = await ground.judge([anchor, ...texts]);
    expect(
      ours.every(({ ok }) => ok),
      node.said.slice(-1500),
    ).toBe(node.ok);
  });
});

import { z } from "zod";
import type { ClaimRefusal } from "../../domain/claim/refusals.ts";
import type { ServedNetwork } from "../../domain/network/served.ts";
import { amountOf, type Coin } from "../../domain/shared/coin.ts";
import type { HouseContext } from "../context.ts";
import { problemOf } from "../problem.ts";
import { readText } from "../read-body.ts";
import { claimAndWait } from "./claim-and-wait.ts";
import { type DialectOperation, networkByHost } from "./dialect.ts";

/** As Go reads it: what is absent or null is empty, and unknown fields are passed over. */
const body = z.object({
  address: z
    .string()
    .nullish()
    .transform((text) => text ?? ""),
  coins: z
    .array(z.string().max(256))
    .max(16)
    .nullish()
    .transform((list) => list ?? []),
});

type IgniteAnswer = { readonly status: 200 | 400 | 500; readonly body: { hash: string } | { error: string } };

/**
 * `POST /` of Ignite's faucet. `coins` chooses the tokens; each pays what this network's file says, and asking for
 * more is refused. Its client takes every other status than 200 for a failure, and gives up after 20 s.
 */
export const igniteTransfer: DialectOperation = {
  dialect: "ignite",
  method: "post",
  paths: ["/"],
  network: networkByHost,
  answer: async (c, network) => {
    const answer = await transfer(c, network);
    return c.json(answer.body, answer.status, { "Cache-Control": "no-store" });
  },
};

async function transfer(c: HouseContext, network: ServedNetwork): Promise<IgniteAnswer> {
  const text = await readText(c.req.raw);
  if (text === null) return no(400, "http: request body too large");
  const read = readTransfer(text);
  if (typeof read === "string") return no(400, read);
  const { drips } = network.facts.faucet;
  const greedy = read.coins.find(
    ({ denom, amount }) => drips.some((drip) => drip.denom === denom) && amount > amountOf(drips, denom),
  );
  if (greedy) return no(500, `at most ${amountOf(drips, greedy.denom)}${greedy.denom} is paid at a time`);
  const denoms = [...new Set(read.coins.map(({ denom }) => denom))];
  const outcome = await claimAndWait(c, network, read.address, denoms);
  switch (outcome.end) {
    case "paid":
      return { status: 200, body: { hash: outcome.txHash } };
    case "refused":
      return igniteRefusal(outcome.refusal);
    case "failed":
    case "unsettled":
      return no(500, outcome.detail);
  }
}

/** A string is what is wrong. A coin's notation: cosmos-sdk types/coin.go, ParseCoinNormalized, whole numbers only. */
function readTransfer(text: string): { readonly address: string; readonly coins: readonly Coin[] } | string {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return text.trim() === "" ? "EOF" : "the body is not JSON";
  }
  const parsed = body.safeParse(content);
  if (!parsed.success) return "the body is not a transfer request";
  const coins: Coin[] = [];
  for (const coin of parsed.data.coins) {
    const [, amount, denom] = /^([0-9]{1,39})\s*([a-zA-Z][a-zA-Z0-9/:._-]{2,127})$/.exec(coin.trim()) ?? [];
    if (amount === undefined || denom === undefined || BigInt(amount) === 0n) {
      return `invalid decimal coin expression: ${coin}`;
    }
    coins.push({ denom, amount: BigInt(amount) });
  }
  return { address: parsed.data.address, coins };
}

/** A refusal in Ignite's shape: its server answers 500 for whatever it does not do, limits included. */
function igniteRefusal(refusal: ClaimRefusal): IgniteAnswer {
  return no(500, problemOf(refusal).detail);
}

function no(status: 400 | 500, error: string): IgniteAnswer {
  return { status, body: { error } };
}

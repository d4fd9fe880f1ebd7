import { Random } from "../simulation/random.ts";
import type { ArbitrarySigner } from "../support/arbitrary-signer.ts";
import { newArbitrarySigner } from "../support/arbitrary-signer.ts";
import { rawDrip } from "../support/raw-house.ts";
import { type Bought, Client, newRecipient, originHeaders, type Purse, solveFrom, type Told } from "./client.ts";
import { claimByCi, claimBySignature, makeGrant } from "./credentials.ts";
import type { Ground } from "./ground.ts";
import { type Limits, type Population, puzzlesACoreHour, type Scale } from "./populations.ts";

/** What became of one population. `paid` is the chain's own word. */
export type Tally = {
  readonly population: Population;
  readonly paid: number;
  /** Work for a claim that was paid, in quiet puzzles. */
  readonly work: number;
  /** How often each refusal was the end of it. */
  readonly refused: Readonly<Record<string, number>>;
};

type Party = {
  readonly population: Population;
  readonly group: number;
  readonly purse: Purse;
  readonly recipients: string[];
  readonly stock: Map<number, Bought>;
  readonly told: Told[];
  /** The one proof of a replayer; the key or code that somebody got hold of. */
  proof: string;
  /** Who signs for the recipient with the same place. */
  readonly signers: ArbitrarySigner[];
};

const atOnce = 8;
const puzzlesMost = 4;
const drainMs = 30_000;

/** Everybody asks once for each of their recipients, all mixed by the seed; then the line is drained and counted. */
export async function play(ground: Ground, scale: Scale, seed: number): Promise<Tally[]> {
  const random = new Random(seed);
  const parties = scale.populations.map((population, group) => partyOf(population, group, scale, random));
  await each(parties.filter(needsFirst), (party) => prepare(ground, party, random));
  const asks = parties.flatMap((party) => party.recipients.map((_, index) => ({ party, index })));
  await each(shuffled(asks, random), async ({ party, index }) => {
    party.told.push(await ask(ground, party, index, random));
  });
  await drained(ground);
  return parties.map((party) => tallyOf(ground, party, scale));
}

function partyOf(population: Population, group: number, { limits, challengeTries }: Scale, random: Random): Party {
  const left = population.cores === null ? Number.POSITIVE_INFINITY : triesOf(population.cores, limits, challengeTries);
  const recipients = Array.from({ length: population.claims }, () => newRecipient(random));
  return {
    population,
    group,
    purse: { left, spent: 0 },
    recipients,
    stock: new Map(),
    told: [],
    proof: "",
    signers: [],
  };
}

/** What so many cores derive in the hour, scaled as the open share is to 1,000 claims. */
function triesOf(cores: number, { hourlyBudget, openPercent }: Limits, challengeTries: number): number {
  const share = (hourlyBudget * openPercent) / 100;
  return (cores * puzzlesACoreHour * share * challengeTries) / 2 / 1_000;
}

function needsFirst({ population }: Party): boolean {
  return ["stock", "replay", "code", "key", "signature"].includes(population.way);
}

async function prepare(ground: Ground, party: Party, random: Random): Promise<void> {
  const { way, name } = party.population;
  if (way === "code" || way === "key") {
    const admin = `${ground.worker.url}/api/v1/admin/networks/${ground.chainId}/faucet`;
    party.proof = await makeGrant(admin, way, name);
    return;
  }
  if (way === "signature") {
    // A signature is for its own address: these recipients are wallets.
    for (const index of party.recipients.keys()) {
      const signer = await newArbitrarySigner();
      party.signers.push(signer);
      party.recipients[index] = signer.address;
    }
    return;
  }
  if (way === "replay") {
    const bought = await clientOf(ground, party, 0, random).buy(party.recipients[0] ?? "");
    if ("challenge" in bought) party.proof = (await solveFrom(party.purse, bought)) ?? "";
    return;
  }
  await each([...party.recipients.keys()], async (index) => {
    const bought = await clientOf(ground, party, index, random).buy(party.recipients[index] ?? "");
    if ("challenge" in bought) party.stock.set(index, bought);
  });
}

async function ask(ground: Ground, party: Party, index: number, random: Random): Promise<Told> {
  const client = clientOf(ground, party, index, random);
  const address = party.recipients[index] ?? "";
  switch (party.population.way) {
    case "dialect":
      return client.credit(address);
    case "replay":
      // Half for the address that it was made for, half for others.
      return client.claim({
        address: index % 2 === 0 ? (party.recipients[0] ?? "") : address,
        challenge: party.proof,
      });
    case "code":
      return client.claim({ address, code: party.proof });
    case "key":
      return client.claim({ address }, { authorization: `Bearer ${party.proof}` });
    case "oidc":
      return claimByCi(client, ground.issuer, address);
    case "signature": {
      const signer = party.signers[index];
      if (!signer) throw new Error("nobody signs");
      return claimBySignature(client, signer);
    }
    case "stock":
    case "challenge":
      return earn(client, party, index, address);
  }
}

/** Buys, solves and claims; again where the price rose meanwhile, or gives up when it costs more than is there. */
async function earn(client: Client, party: Party, index: number, address: string): Promise<Told> {
  let told: Told = { status: 0, code: "gave up" };
  for (let bought = 0; bought < puzzlesMost; bought += 1) {
    const puzzle = party.stock.get(index) ?? (await client.buy(address));
    party.stock.delete(index);
    if ("code" in puzzle) return puzzle;
    const solved = await solveFrom(party.purse, puzzle);
    if (solved === null) return { status: 0, code: "too dear" };
    told = await client.claim({ address, challenge: solved });
    if (told.code !== "challenge_outpriced") return told;
  }
  return told;
}

function clientOf({ worker, chainId }: Ground, { population, group }: Party, index: number, random: Random): Client {
  return new Client(worker.url, chainId, originHeaders(population.origin, group, index, random));
}

function tallyOf({ chain }: Ground, party: Party, { challengeTries }: Scale): Tally {
  const paid = party.recipients.filter((address) => chain.balanceOf(address, "usand") > 0n).length;
  const twice = party.recipients.filter((address) => chain.balanceOf(address, "usand") > rawDrip);
  if (twice.length > 0) throw new Error(`paid more than one drip: ${twice.join(", ")}`);
  const refused: Record<string, number> = {};
  for (const { status, code } of party.told) {
    if (status !== 200 && status !== 202) refused[code] = (refused[code] ?? 0) + 1;
  }
  return { population: party.population, paid, work: (party.purse.spent * 2) / challengeTries / paid, refused };
}

async function drained({ worker, chainId }: Ground): Promise<void> {
  for (const endMs = Date.now() + drainMs; Date.now() < endMs; ) {
    const answer = await fetch(`${worker.url}/api/v1/networks/${chainId}/faucet`);
    const { queueLength, submitted } = (await answer.json()) as Record<string, number>;
    if (queueLength === 0 && submitted === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the line was not drained");
}

/** Runs a step for each, a few at a time, begun in order. */
async function each<T>(list: readonly T[], step: (one: T) => Promise<void>): Promise<void> {
  const left = [...list].reverse();
  const run = async () => {
    for (let one = left.pop(); one !== undefined; one = left.pop()) await step(one);
  };
  await Promise.all(Array.from({ length: atOnce }, run));
}

function shuffled<T>(list: readonly T[], random: Random): T[] {
  const keyed = list.map((one) => ({ one, key: random.unit() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ one }) => one);
}

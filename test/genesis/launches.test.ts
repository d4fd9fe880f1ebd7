import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { genesisFacts } from "../../genesis/gentx/genesis-facts.ts";
import { judgeGentx, readText } from "../../genesis/gentx/judge.ts";
import type { Seat } from "../../genesis/gentx/seat.ts";
import { parseJson } from "../../genesis/json/parse.ts";
import { corpus, corpusAvailable } from "../support/corpus.ts";

const prefixes: Readonly<Record<string, string>> = {
  "nibiru-2000": "nibiru",
  "nibiru-3000": "game",
  "umee-alpha-mainnet-3": "umee",
  "dydx-testnet-1": "dydx",
  "serenity-testnet-001": "aura",
  "test-core-1": "persistence",
};
const read = (path: string) => readText(readFileSync(path));

describe.skipIf(!corpusAvailable())("real launches", () => {
  const launches = existsSync(join(corpus, "launches")) ? readdirSync(join(corpus, "launches")) : [];

  it.each(launches)("the judge and the SDK's own code say the same of every gentx of %s", (name) => {
    const folder = join(corpus, "launches", name);
    const verdicts = read(join(folder, "verdicts.jsonl")).trim().split("\n");
    const context = { chainId: name, prefix: prefixes[name] ?? "juno", policy: { onlyFatal: true } };
    const differing = verdicts.flatMap((line) => {
      const { file, ok } = JSON.parse(line) as { file: string; ok: boolean };
      const verdict = judgeGentx(read(join(folder, "gentxs", file)), context);
      return verdict.ok === ok ? [] : [`${file}: the SDK says ${ok}, we say ${JSON.stringify(verdict.failures)}`];
    });
    expect(verdicts.length).toBeGreaterThan(2);
    expect(differing).toEqual([]);
  });

  it("tells the four of lucina that their description was filled in after they signed", () => {
    const folder = join(corpus, "launches/lucina/gentxs");
    const messages = readdirSync(folder).flatMap((file) => {
      const { failures } = judgeGentx(read(join(folder, file)), { chainId: "lucina", prefix: "juno" });
      return failures.filter(({ rule }) => rule === "signature").map(({ message }) => message);
    });
    expect(messages).toHaveLength(4);
    for (const message of messages) expect(message).toContain("nothing but a moniker");
  });

  it.each([
    ["sdk-paw-local-1", "genesis.pre-collect.json", "gentxs", 4],
    ["paw-testnet-1", "genesis-pre-collect.json", "", 4],
    ["launches/umee-alpha-mainnet-3", "pre-genesis.json", "gentxs", 90],
    ["launches/nibiru-3000", "genesis.json", "gentxs", 279],
  ])("every gentx of %s passes all rules with its genesis", (name, genesis, gentxs, count) => {
    const facts = genesisFacts(parseJson(read(join(corpus, name, genesis)), { depthMax: 512 }).value);
    const folder = join(corpus, name, gentxs);
    const files = readdirSync(folder).filter(
      (file) => file.endsWith(".json") && !/^genesis-(pre|post)-collect/.test(file),
    );
    const others: Seat[] = [];
    const failed = files.flatMap((file) => {
      const context = { chainId: facts.chainId ?? "", prefix: facts.prefix ?? "", genesis: facts, others };
      const { ok, gentx, failures } = judgeGentx(read(join(folder, file)), context);
      if (gentx !== undefined) others.push(gentx);
      return ok ? [] : [{ file, failures }];
    });
    expect(files).toHaveLength(count);
    expect(failed).toEqual([]);
  });
});

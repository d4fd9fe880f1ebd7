import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { factsOf, fill } from "../../docs-site/pages/facts.ts";
import { render } from "../../docs-site/pages/render.ts";
import { readTag, shellBlocks } from "../../docs-site/pages/shell-blocks.ts";
import { readNetwork } from "../../networks/schema.ts";
import { files, read } from "../architecture/tree.ts";

const paw = readNetwork("paw", JSON.parse(readFileSync("networks/paw-testnet-1.json", "utf8")));
const facts = factsOf(paw);
if (facts === null) throw new Error("PAW's file describes no node");
const sources = files().filter((path) => /^docs(-site\/guides(\/de)?)?\/[\w-]+\.md$/.test(path));

describe("a guide's source", () => {
  it.each(sources)("%s says of each shell block whether a test runs it, or why not", (path) => {
    expect(() => shellBlocks(read(path))).not.toThrow();
  });

  it("is refused with a shell block that has no tag, or no reason", () => {
    for (const words of ["sh", "bash run", "sh norun", 'sh norun=""', "sh runs", "console"])
      expect(readTag(words), words).toBeTypeOf("string");
    expect(() => shellBlocks("# T\n\n- in a list\n\n  ```sh\n  ls\n  ```\n")).toThrow("none of");
  });

  it("gives its blocks in order, with the heading that each stands under", () => {
    const source =
      '# T\n\n## A\n\n```sh run\n1\n```\n\n```json\n{}\n```\n\n## B\n\n> ```sh norun="some reason"\n> 2\n> ```\n';
    expect(shellBlocks(source)).toEqual([
      { heading: "A", code: "1", tag: { kind: "run" } },
      { heading: "B", code: "2", tag: { kind: "norun", why: "some reason" } },
    ]);
  });

  it("is refused with a fact that there isn't, and with parts that don't close", () => {
    expect(fill("{{chainId}} {{genesisCommand}}", facts)).toBe("paw-testnet-1 pawd");
    expect(fill("a\n{{#if peerInMemo}}\nb\n{{else}}\nc\n{{/if}}\nd", facts)).toBe("a\nc\nd");
    for (const wrong of [
      "{{chainid}}",
      "{{toString}}",
      "{{#if no}}\n{{/if}}",
      "{{#if unjail}}\n",
      "{{/if}}",
      "{{else}}",
    ])
      expect(() => fill(wrong, facts), wrong).toThrow();
  });

  it("can't bring HTML of its own: what looks like it in code is shown", () => {
    expect(() => render("# T\n\n<b>x</b>\n", () => null)).toThrow("HTML");
    expect(render('# T\n\n`<b>` & "q"\n', () => null).html).toContain("<code>&lt;b&gt;</code> &amp; &quot;q&quot;");
  });

  it("is told of two headings with one anchor", () => {
    expect(() => render("# T\n\n## A\n\n## A\n", () => null)).toThrow("two headings");
  });
});

describe("a network's facts", () => {
  it("show amounts without a float", () => {
    expect(facts.words).toMatchObject({ stakeShown: "10,000 PAW", lateStakeShown: "50 PAW", gasPrice: "0.001upaw" });
    const german = factsOf({ ...paw, node: paw.node && { ...paw.node, stake: "1234500000" } }, "de");
    expect(german?.words).toMatchObject({ stakeShown: "1.234,5 PAW", stake: "1234500000", gasPrice: "0.001upaw" });
  });

  it("stake what the ceremony bonds, also where the faucet pays something else or doesn't know it", () => {
    const denoms = [...paw.denoms, { denom: "ubond", display: "BOND", exponent: 6 }];
    const times = { closesAt: "2027-01-01T00:00:00Z", genesisTime: "2027-01-02T00:00:00Z" };
    const bonding = (denom: string) =>
      factsOf(readNetwork("bonding", { ...paw, denoms, ceremony: { ...times, denom } }))?.words;
    expect(bonding("ubond")).toMatchObject({
      denom: "ubond",
      stakeShown: "10,000 BOND",
      lateStakeShown: "10,000 BOND",
    });
    expect(bonding("upaw")).toMatchObject({ denom: "upaw", lateStakeShown: "50 PAW" });
    expect(bonding("unamed")).toMatchObject({ denom: "unamed", stakeShown: "10,000,000,000 unamed" });
  });

  it("are the SDK's forms where the file says nothing else, and none without a node", () => {
    const plain = factsOf(readNetwork("plain", { ...paw, node: { binary: "simd", home: "~/.simapp" } }));
    expect(plain?.words).toMatchObject({ genesisCommand: "simd genesis", home: "$HOME/.simapp", rpcPort: "26657" });
    expect(plain?.flags).toMatchObject({ peerInMemo: true, createByFile: true, unjail: true });
    const { node: _, ...without } = paw;
    expect(factsOf(without)).toBeNull();
  });
});

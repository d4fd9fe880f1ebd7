import { describe, expect, it } from "vitest";
import { readOptions } from "../../sandbox/claim/options.ts";
import { progressOn } from "../../sandbox/claim/progress.ts";

/** Notes what is written, as a terminal of 40 columns or as a file. */
function paper(isTTY: boolean) {
  const written: string[] = [];
  return { written, isTTY, columns: 40, write: (text: string) => written.push(text) };
}

describe("the command line of npm run claim", () => {
  it("needs an address alone, and goes to this machine", () => {
    expect(readOptions(["sand1x"], {})).toEqual({
      options: {
        address: "sand1x",
        url: "http://127.0.0.1:8787",
        network: null,
        denoms: null,
        code: null,
        key: null,
        json: false,
        waitMs: 300_000,
      },
    });
    expect(readOptions(["sand1x"], { PORT: "9000" })).toMatchObject({ options: { url: "http://127.0.0.1:9000" } });
  });

  it("takes a key from the environment alone, and says which variable is missing", () => {
    const env = { WELLSPRING_API_KEY: "the usual one", OTHER: "another" };
    expect(readOptions(["a"], env)).toMatchObject({ options: { key: "the usual one" } });
    expect(readOptions(["a", "--key-env", "OTHER"], env)).toMatchObject({ options: { key: "another" } });
    expect(readOptions(["a", "--key-env", "NONE"], env)).toEqual({ fault: "the environment variable NONE is not set" });
    expect(readOptions(["a", "--key", "secret"], env)).toMatchObject({ fault: expect.stringContaining("--key") });
  });

  it("says what is wrong instead of guessing", () => {
    for (const args of [[], ["a", "b"], ["a", "--wait", "soon"], ["a", "--wait", "-1"], ["a", "--url", "ftp://x"]])
      expect(readOptions(args, {})).toMatchObject({ fault: expect.any(String) });
    expect(readOptions(["--help"], {})).toEqual({ help: true });
  });
});

describe("the progress line", () => {
  it("is written over on a terminal and never wider than it", () => {
    const out = paper(true);
    const progress = progressOn(out, () => 0);
    progress.now("queued, place 3");
    progress.now("x".repeat(100), true);
    progress.end("confirmed in block 7");
    expect(out.written).toHaveLength(3);
    expect(out.written.every((text) => text.startsWith("\r\u001b[2K"))).toBe(true);
    expect(out.written[1]?.slice(5)).toHaveLength(39);
    expect(out.written.filter((text) => text.endsWith("\n"))).toEqual([out.written[2]]);
  });

  it("is plain lines in a log, each said once, without what changes every moment", () => {
    const out = paper(false);
    let nowMs = 0;
    const progress = progressOn(out, () => nowMs);
    progress.now("puzzle 10 %");
    progress.now("queued, place 3", true);
    progress.now("queued, place 3", true);
    nowMs = 1_500;
    progress.end("confirmed in block 7");
    expect(out.written).toEqual(["queued, place 3\n", "confirmed in block 7  (1.5 s)\n"]);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { UsageError } from "../../../genesis/cli/arguments.ts";
import { run } from "../../../genesis/cli/register-word.ts";
import { contentSchema } from "../../../genesis/validator/content.ts";
import { contentDigest, readRegistrationWord } from "../../../genesis/validator/word.ts";
import { account } from "../gentxs.ts";

const root = mkdtempSync(join(tmpdir(), "wellspring-register-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const put = (name: string, value: unknown) => {
  writeFileSync(join(root, name), typeof value === "string" ? value : JSON.stringify(value));
  return join(root, name);
};
const asked = {
  ...{ action: "register", origin: "wellspring/paw-1", chainId: "paw-1", operator: account(0) },
  ...{ expires: 2_000_000_000, expiresAt: "2033-05-18T03:33:20.000Z", nonce: "A".repeat(22) },
};
const content = { contact: "me", profile: { region: "eu", moniker: "alder" } };
const challenge = put("challenge.json", asked);
const file = put("validator.json", content);

const lines: string[] = [];
vi.spyOn(console, "log").mockImplementation((line) => void lines.push(String(line)));
beforeEach(() => void lines.splice(0));

describe("npm run genesis -- register-word", () => {
  it("prints the line that the server takes for this content, and nothing else", async () => {
    expect(await run(["--challenge", challenge, "--content", file])).toBe(0);
    expect(lines).toHaveLength(1);
    expect(readRegistrationWord(lines[0] ?? "")).toMatchObject({
      operator: account(0),
      digest: contentDigest(contentSchema.parse(content)),
    });
  });

  it("prints the line of a withdrawal, which has no content", async () => {
    const leaving = put("leaving.json", { ...asked, action: "withdraw" });
    expect(await run(["--challenge", leaving])).toBe(0);
    expect(lines[0]).toMatch(/^wellspring withdraw paw-1 /);
    await expect(run(["--challenge", leaving, "--content", file])).rejects.toThrow(UsageError);
  });

  it("prints no line for what could not be registered, and says each field that is wrong", async () => {
    const wrong = put("wrong.json", { profile: { moniker: "", peer: "x", nick: 1 } });
    await expect(run(["--challenge", challenge, "--content", wrong])).rejects.toThrow(/moniker[\s\S]*peer/);
    await expect(run(["--challenge", challenge])).rejects.toThrow("--content is missing");
    await expect(
      run(["--challenge", put("odd.json", { ...asked, nonce: "short" }), "--content", file]),
    ).rejects.toThrow("wrong form");
    await expect(run(["--challenge", put("none.json", "no"), "--content", file])).rejects.toThrow("no JSON object");
    expect(lines).toEqual([]);
  });
});

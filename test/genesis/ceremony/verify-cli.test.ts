import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { assembleParts } from "../../../genesis/ceremony/assemble-parts.ts";
import { readGentxFacts } from "../../../genesis/ceremony/gentx-facts.ts";
import { formatVerifierKey } from "../../../genesis/log/key.ts";
import { corpusGentxs, corpusText, launchesAvailable } from "../launches.ts";
import { act, admin, both, Contents, downloaded, key, parameters, utf8 } from "./rehearsal.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../../..");
const local = { ...parameters, chainId: "paw-local-1" };

function factsOf(bytes: Uint8Array) {
  const facts = readGentxFacts(bytes, 1_000_000n);
  if (facts === null) throw new Error("no gentx");
  return facts;
}

const said = (bytes: Uint8Array) => ({ power: String(factsOf(bytes).power), body: factsOf(bytes).body });

/** The ceremony of a network that really ran: its own base genesis and gentxs, sealed by our assembly. */
function pawLocal() {
  const contents = new Contents();
  const base = utf8(corpusText("sdk-paw-local-1", "genesis.pre-collect.json"));
  const gentxs = new Map(
    corpusGentxs(["sdk-paw-local-1", "gentxs"]).map(({ text }) => [factsOf(utf8(text)).operator, utf8(text)] as const),
  );
  const made = assembleParts({ parameters: local, base, allocations: null, gentxs });
  if (!made.ok) throw new Error(made.problems.join("; "));
  const acts = [
    act(0, { kind: "created", actor: admin, parameters: local }),
    act(0, { kind: "parameter", actor: admin, base: contents.put(base) }),
    act(0, { kind: "phase", actor: admin, from: "draft", to: "accounts" }),
    act(0, { kind: "phase", actor: admin, from: "accounts", to: "collecting" }),
    ...[...gentxs].map(([operator, bytes]) =>
      act(1, { kind: "gentx", actor: `operator:${operator}`, operator, content: contents.put(bytes), ...said(bytes) }),
    ),
    act(5, {
      kind: "seal",
      actor: admin,
      approvers: both,
      version: 1,
      genesis: contents.put(made.genesis),
      canonicalSha256: made.canonicalSha256,
      answerSha256: made.answerSha256,
      validatorsHash: made.validatorsHash,
    }),
  ];
  return { files: downloaded(acts, contents), genesis: made.genesis };
}

describe.skipIf(!launchesAvailable())("npm run genesis -- verify", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "wellspring-verify-"));
    for (const [path, bytes] of pawLocal().files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), bytes);
    }
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const verify = async (...args: string[]) => {
    const all = ["genesis/cli.ts", "verify", "--key", formatVerifierKey(key), ...args, folder];
    const ended = await run(process.execPath, all, { cwd: root }).catch((error) => error);
    return { code: ended.code ?? 0, out: String(ended.stdout), err: String(ended.stderr) };
  };

  it("rebuilds a real network's genesis to the byte, from the folder alone", async () => {
    const { code, out } = await verify();
    expect(out).toContain("everything was rebuilt to the byte");
    expect(out).toContain("genesis   version 1");
    expect(code).toBe(0);
  });

  it("ends with 1 and names the file when one byte of it was changed", async () => {
    const path = join(folder, "tile/0/000.p/9");
    const bytes = await readFile(path);
    await writeFile(path, bytes.with(70, (bytes[70] ?? 0) ^ 1));
    const { code, out } = await verify("--json");
    await writeFile(path, bytes);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      findings: [{ what: "tile", path: "tile/0/000.p/9", index: 2 }],
    });
  });

  it("begins with a checkpoint that was kept, and ends with 2 when it is asked wrongly", async () => {
    expect((await verify("--old-checkpoint", join(folder, "checkpoint"))).code).toBe(0);
    expect((await verify("--key", "nonsense")).err).toContain("--key is no verifier key");
    expect((await verify("--key", "nonsense")).code).toBe(2);
  });
});

import { exports } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { writeAttestation } from "../../genesis/attest/attestation.ts";
import { digestOf } from "../../genesis/attest/digest.ts";
import { writeWord } from "../../genesis/attest/word.ts";
import { sha256Hex } from "../../genesis/log/bytes.ts";
import { byWallet, nodeId } from "../genesis/attest/words.ts";
import { account } from "../genesis/gentxs.ts";
import { ask } from "../support/api.ts";
import { askCoordinator, beginCollecting, ceremonyOf, close, handIn, mustAct } from "../support/ceremony-client.ts";
import { gentxFor } from "../support/ceremony-network.ts";
import { profileOf } from "../support/registrations.ts";
import { amend, approve, askReviewer, register, send, validatorsOf } from "../support/validator-client.ts";

const chain = "signup-1";
const path = validatorsOf(chain);
const of = (number: number) => `${path}/${account(number)}`;
const textOf = async (url: string) => (await exports.default.fetch(new Request(`http://wellspring.test${url}`))).text();
type Step = { readonly step: string; readonly state: string; readonly evidence: string; readonly command?: string };
const stepsOf = async (number: number) => {
  const { body } = await ask(`${of(number)}/checklist`);
  return Object.fromEntries((body.steps as Step[]).map((step) => [step.step, step])) as Record<string, Step>;
};

describe("a coordinator's review", () => {
  it("is about the revision that was seen, by the role, with a row in the audit", async () => {
    expect((await register(chain, 0)).status).toBe(201);
    const decide = (rev: number, key: "coordinator" | "operator" = "coordinator") =>
      askReviewer(chain, "POST", `/${account(0)}/approval`, { rev, allocation: { amount: "600000000" } }, key);
    expect((await decide(1, "operator")).body.code).toBe("role_missing");
    expect(await decide(2)).toMatchObject({ status: 409, body: { code: "registration_changed" } });
    expect(await decide(1)).toMatchObject({
      status: 200,
      body: { state: "approved", rev: 2, allocation: { denom: "upaw", amount: "600000000" } },
    });
    const { acts } = (await askReviewer(chain, "GET", "/audit")).body as { acts: object[] };
    expect(acts[0]).toMatchObject({ actor: "carl", act: "approve", subject: account(0), detail: { rev: 1 } });
    expect(acts[1]).toMatchObject({ actor: `operator:${account(0)}`, act: "register" });
  });

  it("can't approve what another has been approved with, whatever it is spelled like, and names both", async () => {
    expect((await register(chain, 1, { changes: { moniker: "Operator О" } })).status).toBe(201);
    const { registrations } = (await askReviewer(chain, "GET", "?state=pending")).body as { registrations: object[] };
    expect(registrations).toMatchObject([{ clashes: [{ field: "moniker", operator: account(0) }] }]);
    expect(await approve(chain, 1)).toMatchObject({ status: 409, body: { code: "registration_clash" } });
    const rejected = await askReviewer(chain, "POST", `/${account(1)}/rejection`, {
      rev: 1,
      reason: "Looks like another.",
    });
    expect(rejected.body).toMatchObject({ state: "rejected", rev: 2 });
    expect((await ask(of(1))).body).toMatchObject({ state: "rejected", reason: "Looks like another.", profile: null });
    expect((await amend(chain, 1, { profile: profileOf(1) })).body).toMatchObject({ state: "pending" });
    expect((await approve(chain, 1)).status).toBe(200);
  });

  it("of two that clash, sent at once, lets one through", async () => {
    const same = { moniker: "twin", peer: `${"c".repeat(40)}@9.1.1.1:26656` };
    for (const number of [2, 3]) expect((await register(chain, number, { changes: same })).status).toBe(201);
    const answers = await Promise.all([approve(chain, 2), approve(chain, 3)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const loser = answers[0]?.status === 409 ? 2 : 3;
    expect((await amend(chain, loser, { profile: profileOf(loser) })).status).toBe(200);
    expect((await approve(chain, loser)).status).toBe(200);
  });

  it("is asked for again when who it is changes, and not for a new address", async () => {
    const moved = { profile: profileOf(0, { peer: `${"0".padStart(40, "b")}@9.9.9.10:26656`, seed: true }) };
    expect((await amend(chain, 0, moved)).body).toMatchObject({ state: "approved", profile: { seed: true } });
    expect((await amend(chain, 0, { profile: profileOf(0, { moniker: "someone else" }) })).body.state).toBe("pending");
    expect((await approve(chain, 0, { allocation: { amount: "600000000" } })).status).toBe(200);
  });

  it("exports what it granted as the ceremony's list takes it", async () => {
    const bytes = (await askReviewerText("/allocations.csv")).trim().split("\n");
    expect(bytes).toEqual(["address,amount,denom", `${account(0)},600000000,upaw`]);
  });
});

async function askReviewerText(sub: string): Promise<string> {
  const { adminKeys } = await import("../support/admin-keys.ts");
  const request = new Request(`http://wellspring.test/api/v1/admin/networks/${chain}/validators${sub}`, {
    headers: { authorization: `Bearer ${adminKeys.viewer}` },
  });
  return (await exports.default.fetch(request)).text();
}

describe("registrations and gentxs of one operator", () => {
  beforeAll(async () => {
    await beginCollecting(chain);
    for (const number of [0, 6]) expect((await handIn(chain, gentxFor(chain, number))).status).toBe(201);
  });

  it("are one entry, and a gentx that nobody registered shows as such", async () => {
    expect((await ask(of(0))).body).toMatchObject({ state: "approved", gentx: { power: "500" } });
    expect((await ask(of(6))).body).toMatchObject({ state: "unregistered", moniker: "ginkgo", registered: null });
    const { validators } = (await ask(`${path}?state=unregistered`)).body as { validators: object[] };
    expect(validators).toMatchObject([{ operator: account(6), state: "unregistered", gentx: { power: "500" } }]);
  });

  it("the gentx registers its operator, once, with what its operator signed and nothing else", async () => {
    const byGentx = { operator: account(6), proof: { kind: "gentx" } };
    expect(await send(path, "POST", byGentx)).toMatchObject({
      status: 201,
      body: { state: "pending", moniker: "ginkgo", registered: { proof: "gentx" }, profile: { hardware: false } },
    });
    expect((await send(path, "POST", byGentx)).body.code).toBe("nonce_spent");
    const contentToo = { ...byGentx, content: { profile: profileOf(6) } };
    expect((await send(path, "POST", contentToo)).status).toBe(400);
    expect((await send(path, "POST", { operator: account(7), proof: { kind: "gentx" } })).body.code).toBe(
      "unknown_gentx",
    );
    const pasted = { operator: account(7), proof: { kind: "gentx", gentx: gentxFor(chain, 7) } };
    expect(await send(path, "POST", pasted)).toMatchObject({ status: 201, body: { moniker: "hazel" } });
    const foreign = { operator: account(8), proof: { kind: "gentx", gentx: gentxFor("other-1", 8) } };
    expect((await send(path, "POST", foreign)).body.code).toBe("word_refused");
    const theirs = { operator: account(8), proof: { kind: "gentx", gentx: gentxFor(chain, 9) } };
    expect((await send(path, "POST", theirs)).body.code).toBe("word_refused");
  });

  it("the checklist tells each step from evidence, with the command for this network's binary", async () => {
    const mine = await stepsOf(0);
    expect(mine).toMatchObject({
      registered: { state: "done" },
      approved: { state: "done" },
      account: { state: "done", evidence: "1000000000upaw in the genesis." },
      gentx: { state: "done" },
      genesis: { state: "open" },
      bonded: { state: "open", evidence: "The chain has not started yet." },
      signing: { state: "open" },
      unjailed: { state: "open" },
    });
    const theirs = await stepsOf(1);
    expect(theirs.gentx).toMatchObject({ state: "open" });
    expect(theirs.gentx?.command).toContain(`simd genesis gentx "$KEY" 1000000upaw --chain-id ${chain}`);
    expect(theirs.gentx?.command).toContain(`http://wellspring.test${ceremonyOf(chain)}/gentxs`);
    expect((await stepsOf(9)).registered?.command).toContain("wellspring-proof");
  });

  it("the checklist follows the ceremony through seal and attestation", async () => {
    await close(chain, 9);
    const preview = sha256Hex(new TextEncoder().encode(await textOf(`${ceremonyOf(chain)}/preview.json`)));
    await mustAct(chain, { kind: "seal", sha256: preview });
    await mustAct(chain, { kind: "move", to: "attesting" });
    expect((await stepsOf(0)).genesis).toMatchObject({
      state: "open",
      command: expect.stringContaining("attest-word"),
    });
    const file = new TextEncoder().encode(await textOf(`${ceremonyOf(chain)}/genesis.json`));
    const { body } = await ask(`${ceremonyOf(chain)}/challenges/${account(0)}`);
    const { origin, version, expires, attestNonce } = body as {
      origin: string;
      version: number;
      expires: number;
      attestNonce: string;
    };
    const said = { origin, chainId: chain, version, expiresSec: expires, nonce: attestNonce, node: nodeId(0) };
    const line = writeWord({ ...said, digest: digestOf(attestNonce, file) });
    const sent = await ask(`${ceremonyOf(chain)}/attestations/${account(0)}`, {
      method: "POST",
      body: writeAttestation(byWallet(line, 0)) as Uint8Array<ArrayBuffer>,
    });
    expect(sent.status).toBe(201);
    expect(await stepsOf(0)).toMatchObject({ genesis: { state: "done" }, ready: { state: "open" } });
    expect(await stepsOf(1)).toMatchObject({ gentx: { state: "not_needed" }, genesis: { state: "not_needed" } });
    expect((await askCoordinator(chain, "GET", "/audit")).status).toBe(200);
  });
});

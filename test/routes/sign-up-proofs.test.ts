import { describe, expect, it } from "vitest";
import { writeBech32 } from "../../genesis/gentx/bech32.ts";
import { decodeSend } from "../../genesis/gentx/decode.ts";
import { addressOf } from "../../genesis/gentx/key.ts";
import { messageField } from "../../genesis/gentx/wire.ts";
import { parseJson } from "../../genesis/json/parse.ts";
import { byBinary } from "../genesis/attest/words.ts";
import { account, base64, signOnce } from "../genesis/gentxs.ts";
import { multisigDraft } from "../genesis/multisigs.ts";
import { type ProofJson, proofDraft, proofSignBytes, signProof } from "../genesis/proof/proofs.ts";
import { ask } from "../support/api.ts";
import { profileOf, proofOf } from "../support/registrations.ts";
import { askReviewer, register, send, validatorsOf, wordFor } from "../support/validator-client.ts";

const chain = "signup-1";
const path = validatorsOf(chain);
const amino = "SIGN_MODE_LEGACY_AMINO_JSON";

/** Two of three members' account, which signs a line as the memo of a transaction to itself. */
function multisig(keys: readonly number[], signers: readonly number[]) {
  const { public_key, mode_info } = multisigDraft(keys, 2, signers).auth_info.signer_infos[0]!;
  const draft = (memo: string): ProofJson => {
    const tx = proofDraft(memo);
    tx.auth_info.signer_infos = [{ public_key, mode_info, sequence: "0" }];
    return tx;
  };
  const { publicKey } = decodeSend(parseJson(JSON.stringify(draft(""))).value).signers[0]!;
  const operator = writeBech32("paw", addressOf(publicKey!)!);
  const sign = (memo: string): string => {
    const tx = draft(memo);
    Object.assign(tx.body.messages[0]!, { from_address: operator, to_address: operator });
    const parts = signers.map((key) => messageField(1, signOnce(proofSignBytes(tx, "amino"), key)));
    return JSON.stringify({ ...tx, signatures: [base64(Buffer.concat(parts))] });
  };
  return { operator, sign };
}

describe("an operator's key is proved over HTTP", () => {
  const content = (number: number) => ({ profile: profileOf(number) });
  const hand = (operator: string, number: number, tx: string) =>
    send(path, "POST", { operator, content: content(number), proof: { kind: "tx", tx } });

  it("by the chain's own binary in the direct mode, and in amino JSON as a Ledger signs", async () => {
    for (const [number, mode] of [
      [0, "SIGN_MODE_DIRECT"],
      [1, amino],
    ] as const) {
      const { tx } = byBinary(await wordFor(chain, number, "register", content(number)), number, mode) as {
        tx: string;
      };
      expect((await hand(account(number), number, tx)).status).toBe(201);
    }
  });

  it("by two of a multisig's three members, not by one of them, and not by a stranger", async () => {
    const crew = multisig([0, 1, 2], [0, 2]);
    const asked = { action: "register", operator: crew.operator, content: content(2) };
    const { word } = (await send(`${path}/challenges`, "POST", asked)).body as { word: string };
    const one = signProof(Object.assign(proofDraft(word, 0)), { key: 0 });
    expect(await hand(crew.operator, 2, one)).toMatchObject({ status: 422, body: { code: "word_refused" } });
    const foreign = multisig([0, 1, 3], [0, 1]);
    expect(await hand(crew.operator, 2, foreign.sign(word))).toMatchObject({ body: { code: "word_refused" } });
    expect(await hand(crew.operator, 2, crew.sign(word))).toMatchObject({
      status: 201,
      body: { operator: crew.operator, registered: { proof: "tx" } },
    });
    // And it withdraws as it came.
    const leaving = { action: "withdraw", operator: crew.operator };
    const { word: leave } = (await send(`${path}/challenges`, "POST", leaving)).body as { word: string };
    const gone = await send(`${path}/${crew.operator}/withdrawal`, "POST", {
      proof: { kind: "tx", tx: crew.sign(leave) },
    });
    expect(gone).toMatchObject({ status: 200, body: { state: "withdrawn" } });
  });

  it("by nothing that this network's chain would take as a transaction", async () => {
    const word = await wordFor(chain, 3, "register", content(3));
    const real = signProof(proofDraft(word, 3), { key: 3, chainId: chain });
    expect(await hand(account(3), 3, real)).toMatchObject({
      status: 422,
      body: { code: "word_refused", detail: /real-chain/ },
    });
  });
});

describe("one signature, sent fifty times at once", () => {
  it("amends once, and withdraws once", async () => {
    expect((await register(chain, 5)).status).toBe(201);
    const content = { profile: profileOf(5, { region: "us" }) };
    const own = `${path}/${account(5)}`;
    const amending = { content, proof: proofOf(await wordFor(chain, 5, "amend", content), 5) };
    const fifty = (method: string, url: string, body: object) =>
      Promise.all(Array.from({ length: 50 }, () => send(url, method, body)));
    const amended = await fifty("PUT", own, amending);
    expect(amended.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status, body } of amended)
      if (status !== 200) expect(body.code).toMatch(/^(nonce_spent|registration_changed)$/);
    expect((await ask(own)).body).toMatchObject({ registered: { rev: 2 } });
    const leaving = { proof: proofOf(await wordFor(chain, 5, "withdraw"), 5) };
    const left = await fifty("POST", `${own}/withdrawal`, leaving);
    expect(left.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await ask(own)).body).toMatchObject({ state: "withdrawn", registered: { rev: 3 } });
    const { acts } = (await askReviewer(chain, "GET", "/audit")).body as { acts: { act: string; subject: string }[] };
    const mine = acts.filter(({ subject }) => subject === account(5)).map(({ act }) => act);
    expect(mine).toEqual(["withdraw", "amend", "register"]);
  });
});

import { PubKey } from "cosmjs-types/cosmos/crypto/secp256k1/keys";
import { AuthInfo, TxBody, TxRaw } from "cosmjs-types/cosmos/tx/v1beta1/tx";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bench, openBench, sendTo, sendToAll, someone, type TxOverrides } from "./payer.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench({ limits: { txMessagesMax: 10, txGasMax: 10_000_000, txBytesMax: 50_000 } });
  await bench.send(await bench.sign([sendTo(bench.payer, someone("known"), 5)]));
  for (let made = 0; made < 5; made++) bench.chain.makeBlock();
});
afterAll(() => bench.close());

const one = () => [sendTo(bench.payer, someone("a"), 1)];

describe("the mempool refuses", () => {
  const overridden: [string, TxOverrides, number, string][] = [
    ["a sequence that is too high", { sequence: 9 }, 32, "account sequence mismatch, expected 1, got 9: incorrect"],
    ["a sequence that is spent", { sequence: 0 }, 32, "account sequence mismatch, expected 1, got 0: incorrect"],
    ["a signature for another chain", { chainId: "box-2" }, 4, "signature verification failed"],
    ["a signature for another account number", { accountNumber: 77n }, 4, "signature verification failed"],
    ["a fee below the minimum gas price", { fee: 999 }, 13, "insufficient fees; got: 999ubox required: 1000ubox"],
    ["a fee that is not covered", { fee: 2_000_000_000 }, 5, "is smaller than 2000000000ubox: insufficient funds"],
    ["a gas limit below what checking takes", { gas: 20_000 }, 11, "out of gas"],
    ["a gas limit above the chain's for one transaction", { gas: 10_000_001, fee: 20_000 }, 41, "at most 10000000"],
    [
      "a memo of 257 bytes",
      { memo: `${"é".repeat(128)}x` },
      12,
      "maximum number of characters is 256 but received 257",
    ],
    ["a timeout height that is past", { timeout: 5 }, 30, "block height: 6, timeout height: 5: tx timeout height"],
  ];
  test.each(overridden)("%s", async (_name, overrides, code, words) => {
    const answer = await bench.send(await bench.sign(one(), overrides));
    expect(answer).toMatchObject({ code, codespace: "sdk", fault: "" });
    expect(answer.log).toContain(words);
    expect(bench.chain.pending()).toBe(0);
  });

  test("more messages than the chain takes", async () => {
    const messages = Array.from({ length: 11 }, (_, index) => sendTo(bench.payer, someone(`m${index}`), 1));
    expect(await bench.send(await bench.sign(messages))).toMatchObject({ code: 18, codespace: "sdk" });
  });

  test("no messages", async () => {
    expect(await bench.send(await bench.sign([]))).toMatchObject({ code: 18, codespace: "sdk" });
  });

  test("a message that it does not execute", async () => {
    const value = { fromAddress: bench.payer, toAddress: someone("a"), amount: [] };
    const tx = await edited(await bench.sign([{ typeUrl: "/cosmos.bank.v1beta1.MsgSend", value }]), (body) => {
      const [message] = body.messages;
      if (message !== undefined) message.typeUrl = "/cosmos.gov.v1.MsgVote";
    });
    expect(await bench.send(tx)).toMatchObject({ code: 2, codespace: "sdk" });
  });

  test("bytes that are no transaction", async () => {
    expect(await bench.send(Buffer.from("not a transaction"))).toMatchObject({ code: 2, codespace: "sdk" });
  });

  test("a transaction with a field appended to it, so that its hash would be another", async () => {
    const tx = Buffer.concat([await bench.sign(one()), Buffer.from([0x22, 1, 7])]);
    expect(await bench.send(tx)).toMatchObject({ code: 2, codespace: "sdk" });
  });

  test("a body that was changed after it was signed", async () => {
    const tx = await edited(await bench.sign(one()), (body) => {
      body.memo = "changed";
    });
    expect(await bench.send(tx)).toMatchObject({ code: 4, codespace: "sdk" });
  });

  test("the same signature with its high S", async () => {
    const raw = TxRaw.decode(await bench.sign(one()));
    const signature = Buffer.from(raw.signatures[0] ?? []);
    const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
    const high = order - BigInt(`0x${signature.subarray(32).toString("hex")}`);
    signature.write(high.toString(16).padStart(64, "0"), 32, "hex");
    const answer = await bench.send(TxRaw.encode({ ...raw, signatures: [signature] }).finish());
    expect(answer).toMatchObject({ code: 4, codespace: "sdk" });
  });

  test("a key that is not the signer's", async () => {
    const raw = TxRaw.decode(await bench.sign(one()));
    const info = AuthInfo.decode(raw.authInfoBytes);
    const [signer] = info.signerInfos;
    const key = Buffer.alloc(33, 7);
    if (signer?.publicKey !== undefined) signer.publicKey.value = PubKey.encode({ key }).finish();
    const tx = TxRaw.encode({ ...raw, authInfoBytes: AuthInfo.encode(info).finish() }).finish();
    expect(await bench.send(tx)).toMatchObject({ code: 8, codespace: "sdk" });
  });

  test("no signatures", async () => {
    const raw = TxRaw.decode(await bench.sign(one()));
    const answer = await bench.send(TxRaw.encode({ ...raw, signatures: [] }).finish());
    expect(answer).toMatchObject({ code: 15, codespace: "sdk" });
  });

  test("a transaction of an account that does not exist", async () => {
    const stranger = sendTo(someone("stranger"), someone("a"), 1);
    const tx = await edited(await bench.sign(one()), (body) => {
      body.messages = [bench.client.registry.encodeAsAny(stranger)];
    });
    expect(await bench.send(tx)).toMatchObject({ code: 9, codespace: "sdk" });
  });

  test("a transaction over max_tx_bytes, with CometBFT's error", async () => {
    const recipients = Array.from({ length: 900 }, (_, index) => someone(`big${index}`));
    const answer = await bench.send(
      await bench.sign([sendToAll(bench.payer, recipients, 1)], { gas: 9_000_000, fee: 9_000 }),
    );
    expect(answer.fault).toMatch(/^Tx too large\. Max size is 50000, but got \d+$/);
  });
});

test("a memo of exactly 256 bytes, a fee of exactly the minimum and the highest gas limit are taken", async () => {
  const answer = await bench.send(await bench.sign(one(), { memo: "é".repeat(128), fee: 10_000, gas: 10_000_000 }));
  expect(answer).toMatchObject({ code: 0, log: "" });
});

async function edited(bytes: Uint8Array, change: (body: TxBody) => void): Promise<Uint8Array> {
  const raw = TxRaw.decode(bytes);
  const body = TxBody.decode(raw.bodyBytes);
  change(body);
  return TxRaw.encode({ ...raw, bodyBytes: TxBody.encode(body).finish() }).finish();
}

import { stringToPath } from "@cosmjs/crypto";
import { DirectSecp256k1HdWallet, makeSignDoc, Registry } from "@cosmjs/proto-signing";
import { MsgMultiSend } from "cosmjs-types/cosmos/bank/v1beta1/tx";
import { AuthInfo, TxRaw } from "cosmjs-types/cosmos/tx/v1beta1/tx";
import { describe, expect, it } from "vitest";
import type { TxPlan } from "../../../workers/chains/cosmos/codec.ts";
import { DirectCodec } from "../../../workers/chains/cosmos/direct-codec.ts";

const mnemonic = `${"abandon ".repeat(11)}about`;
const options = { chainId: "paw-testnet-1", prefix: "pawtest", coinType: 118 };

const plan: TxPlan = {
  payments: [
    {
      recipient: "pawtest1aaa",
      coins: [
        { denom: "upaw", amount: 5n },
        { denom: "atom", amount: 2n ** 70n },
      ],
    },
    { recipient: "pawtest1bbb", coins: [{ denom: "upaw", amount: 7n }] },
  ],
  memo: "wellspring/1 x abc 1-2 3 é",
  accountNumber: 2n ** 60n,
  sequence: 2n ** 55n,
  gasLimit: 9_999_999n,
  fee: [{ denom: "upaw", amount: 10_000n }],
  timeoutHeight: 123_456,
};

describe("the codec", () => {
  it("derives the address that wallets derive, for other coin types too", async () => {
    for (const coinType of [118, 330]) {
      const hdPaths = [stringToPath(`m/44'/${coinType}'/0'/0/0`)];
      const wallet = await DirectSecp256k1HdWallet.fromMnemonic(mnemonic, { prefix: "pawtest", hdPaths });
      const codec = await DirectCodec.fromMnemonic(mnemonic, { ...options, coinType });
      expect(codec.address).toBe((await wallet.getAccounts())[0]?.address);
    }
  });

  it("signs the very bytes that CosmJS's own wallet signs", async () => {
    const codec = await DirectCodec.fromMnemonic(mnemonic, options);
    const bytes = await codec.sign(plan);
    const raw = TxRaw.decode(bytes);
    const wallet = await DirectSecp256k1HdWallet.fromMnemonic(mnemonic, { prefix: "pawtest" });
    const value = {
      inputs: [
        {
          address: codec.address,
          coins: [
            { denom: "atom", amount: (2n ** 70n).toString() },
            { denom: "upaw", amount: "12" },
          ],
        },
      ],
      outputs: [
        {
          address: "pawtest1aaa",
          coins: [
            { denom: "atom", amount: (2n ** 70n).toString() },
            { denom: "upaw", amount: "5" },
          ],
        },
        { address: "pawtest1bbb", coins: [{ denom: "upaw", amount: "7" }] },
      ],
    };
    const bodyBytes = new Registry([["/cosmos.bank.v1beta1.MsgMultiSend", MsgMultiSend]]).encodeTxBody({
      messages: [{ typeUrl: "/cosmos.bank.v1beta1.MsgMultiSend", value }],
      memo: plan.memo,
      timeoutHeight: 123_456n,
    });
    const document = makeSignDoc(bodyBytes, raw.authInfoBytes, options.chainId, plan.accountNumber);
    const { signature, signed } = await wallet.signDirect(codec.address, document);
    const signatures = [Uint8Array.from(Buffer.from(signature.signature, "base64"))];
    const theirs = TxRaw.encode({ bodyBytes: signed.bodyBytes, authInfoBytes: signed.authInfoBytes, signatures });
    expect(Buffer.from(bytes)).toEqual(Buffer.from(theirs.finish()));
    const { fee, signerInfos } = AuthInfo.decode(raw.authInfoBytes);
    expect(fee).toMatchObject({ gasLimit: 9_999_999n, amount: [{ denom: "upaw", amount: "10000" }], payer: "" });
    expect(signerInfos[0]?.sequence).toBe(2n ** 55n);
  });

  it("gives the same bytes for the same plan, and other bytes for any other", async () => {
    const codec = await DirectCodec.fromMnemonic(mnemonic, options);
    const hex = async (change: Partial<TxPlan>) =>
      Buffer.from(await codec.sign({ ...plan, ...change })).toString("hex");
    expect(await hex({})).toBe(await hex({}));
    const changed = await Promise.all([
      hex({}),
      hex({ memo: "" }),
      hex({ accountNumber: 1n }),
      hex({ sequence: 1n }),
      hex({ timeoutHeight: 1 }),
    ]);
    expect(new Set(changed).size).toBe(5);
  });

  it("reads back what it signed, and simulates the same with an empty signature", async () => {
    const codec = await DirectCodec.fromMnemonic(mnemonic, options);
    const unsigned = await codec.unsigned(plan);
    expect(TxRaw.decode(unsigned).signatures).toEqual([new Uint8Array()]);
    for (const bytes of [await codec.sign(plan), unsigned]) {
      const decoded = codec.decode(bytes);
      expect({ ...decoded }).toEqual({
        memo: plan.memo,
        signer: codec.address,
        sequence: plan.sequence,
        fee: plan.fee,
        payments: [
          { recipient: "pawtest1aaa", coins: plan.payments[0]?.coins.toReversed() },
          { recipient: "pawtest1bbb", coins: [{ denom: "upaw", amount: 7n }] },
        ],
      });
    }
  });

  it("takes rubbish for no transaction, and an unknown message or key for nothing it pays", async () => {
    const codec = await DirectCodec.fromMnemonic(mnemonic, options);
    expect(codec.decode(new Uint8Array([255, 255, 255, 255]))).toBeNull();
    expect(codec.decode(new TextEncoder().encode("not a transaction"))).toBeNull();
    expect(codec.decode(new Uint8Array())).toMatchObject({ memo: "", signer: "", payments: [] });
  });

  it("refuses what is no mnemonic and shows no key", async () => {
    await expect(DirectCodec.fromMnemonic("abandon about", options)).rejects.toThrow();
    const codec = await DirectCodec.fromMnemonic(mnemonic, options);
    expect(Object.keys(codec)).toEqual(["address"]);
  });
});

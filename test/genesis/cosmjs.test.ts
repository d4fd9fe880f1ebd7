import {
  createMultisigThresholdPubkey,
  encodeSecp256k1Pubkey,
  makeSignDoc as makeAminoDoc,
  pubkeyToAddress,
  serializeSignDoc,
} from "@cosmjs/amino";
import { fromBech32, toBech32 } from "@cosmjs/encoding";
import { encodePubkey, makeSignBytes } from "@cosmjs/proto-signing";
import { AminoTypes, createStakingAminoConverters } from "@cosmjs/stargate";
import { PubKey as Ed25519 } from "cosmjs-types/cosmos/crypto/ed25519/keys";
import { MsgCreateValidator } from "cosmjs-types/cosmos/staking/v1beta1/tx";
import { AuthInfo, SignDoc, TxBody } from "cosmjs-types/cosmos/tx/v1beta1/tx";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readBech32, writeBech32 } from "../../genesis/gentx/bech32.ts";
import { account, base64, chainId, draft, publicKey, signBytes } from "./gentxs.ts";
import { multisigDraft } from "./multisigs.ts";

const typeUrl = "/cosmos.staking.v1beta1.MsgCreateValidator";

/** The same transaction by cosmjs, which shares no code with ours. */
function byCosmjs() {
  const tx = draft();
  const [message] = tx.body.messages;
  const { commission, value } = message!;
  const { security_contact: securityContact, ...description } = message!.description;
  // cosmjs-types holds decimals as they are on the wire: a count of 10^-18.
  const atomics = (text: string) => BigInt(text.replace(".", "")).toString();
  const create = MsgCreateValidator.fromPartial({
    description: { ...description, securityContact },
    commission: {
      rate: atomics(commission.rate),
      maxRate: atomics(commission.max_rate),
      maxChangeRate: atomics(commission.max_change_rate),
    },
    minSelfDelegation: message!.min_self_delegation,
    delegatorAddress: message!.delegator_address,
    validatorAddress: message!.validator_address,
    pubkey: {
      typeUrl: "/cosmos.crypto.ed25519.PubKey",
      value: Ed25519.encode({ key: Buffer.from(message!.pubkey?.key ?? "", "base64") }).finish(),
    },
    value,
  });
  return { tx, create };
}

describe("what is signed", () => {
  it("is in the direct mode byte for byte what cosmjs makes", () => {
    const { tx, create } = byCosmjs();
    const body = TxBody.fromPartial({
      messages: [{ typeUrl, value: MsgCreateValidator.encode(create).finish() }],
      memo: tx.body.memo,
    });
    const auth = AuthInfo.fromPartial({
      signerInfos: [
        {
          publicKey: encodePubkey(encodeSecp256k1Pubkey(publicKey(0))),
          modeInfo: { single: { mode: 1 } },
          sequence: 0n,
        },
      ],
      fee: { gasLimit: 200_000n },
    });
    const doc = SignDoc.fromPartial({
      bodyBytes: TxBody.encode(body).finish(),
      authInfoBytes: AuthInfo.encode(auth).finish(),
      chainId,
      accountNumber: 3n,
    });
    expect(base64(signBytes(tx, "direct", { accountNumber: 3n }))).toBe(base64(makeSignBytes(doc)));
  });

  it("is in amino JSON byte for byte what cosmjs makes", () => {
    const { tx, create } = byCosmjs();
    tx.body.messages[0]!.delegator_address = account(0);
    const types = new AminoTypes(createStakingAminoConverters());
    const message = types.toAmino({ typeUrl, value: { ...create, delegatorAddress: account(0) } });
    // cosmjs writes empty texts out; the SDK leaves them out.
    const description = Object.fromEntries(Object.entries(message.value.description).filter(([, text]) => text !== ""));
    const doc = makeAminoDoc(
      [{ ...message, value: { ...message.value, description } }],
      { amount: [], gas: "200000" },
      chainId,
      tx.body.memo,
      3,
      4,
    );
    const ours = signBytes(tx, "amino", { accountNumber: 3n, sequence: 4n });
    expect(Buffer.from(ours).toString()).toBe(Buffer.from(serializeSignDoc(doc)).toString());
  });
});

describe("addresses", () => {
  it("of multisigs are cosmjs' own", () => {
    const keys = [0, 1, 2].map((number) => encodeSecp256k1Pubkey(publicKey(number)));
    const theirs = pubkeyToAddress(createMultisigThresholdPubkey(keys, 2, true), "pawvaloper");
    expect(multisigDraft([0, 1, 2], 2, [0, 1]).body.messages[0]?.validator_address).toBe(theirs);
  });

  it("are written and read as cosmjs does, whatever their bytes, and one changed letter is seen", () => {
    const bytes = fc.uint8Array({ minLength: 0, maxLength: 40 });
    fc.assert(
      fc.property(bytes, fc.nat(), (data, at) => {
        const text = writeBech32("pawvaloper", data);
        expect(text).toBe(toBech32("pawvaloper", data));
        expect(readBech32(text)).toEqual({ prefix: "pawvaloper", bytes: data });
        expect(readBech32(text.toUpperCase())).toEqual({ prefix: "pawvaloper", bytes: data });
        const changed = [...text];
        const index = "pawvaloper1".length + (at % (text.length - "pawvaloper1".length));
        changed[index] = changed[index] === "q" ? "p" : "q";
        expect(readBech32(changed.join(""))).toBeNull();
      }),
    );
  });

  it("are read or refused as cosmjs does, whatever the text", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^[a-z]{1,4}1[qpzry9x8gf2tvdw0s3jn54khce6mua7l]{6,20}$/)),
        (text) => {
          const theirs = (() => {
            try {
              return fromBech32(text);
            } catch {
              return null;
            }
          })();
          expect(readBech32(text)?.prefix ?? null).toBe(theirs?.prefix.toLowerCase() ?? null);
        },
      ),
    );
  });
});

import { Secp256k1Wallet } from "@cosmjs/amino";
import { toBase64, toUtf8 } from "@cosmjs/encoding";

/** A proof as a claim brings it. */
export type SignedText = { readonly text: string; readonly pubKey: string; readonly signature: string };

/** A wallet with one key that signs texts as Keplr's `signArbitrary` does. */
export type ArbitrarySigner = {
  readonly address: string;
  /** Signs the text; `as` changes what is signed, for wallets that sign something else. */
  sign(text: string, as?: { readonly signer?: string; readonly data?: string }): Promise<SignedText>;
};

/** Makes a wallet with a new key, on cosmjs's own amino signer: none of our code is in it. */
export async function newArbitrarySigner(prefix = "sand"): Promise<ArbitrarySigner> {
  const wallet = await Secp256k1Wallet.fromKey(crypto.getRandomValues(new Uint8Array(32)), prefix);
  const [account] = await wallet.getAccounts();
  const address = account?.address ?? "";
  return {
    address,
    sign: async (text, { signer = address, data = text } = {}) => {
      const { signature } = await wallet.signAmino(address, {
        chain_id: "",
        account_number: "0",
        sequence: "0",
        fee: { gas: "0", amount: [] },
        msgs: [{ type: "sign/MsgSignData", value: { signer, data: toBase64(toUtf8(data)) } }],
        memo: "",
      });
      return { text, pubKey: signature.pub_key.value, signature: signature.signature };
    },
  };
}

import { decodeSend } from "../../../genesis/gentx/decode.ts";
import { aminoSignBytes, directSignBytes } from "../../../genesis/gentx/sign-bytes.ts";
import { parseJson } from "../../../genesis/json/parse.ts";
import { proofChainId } from "../../../genesis/proof/signed-tx.ts";
import { account, base64, type KeyJson, keyJson, type ModeJson, signOnce } from "../gentxs.ts";

/** A proof as a plain object, to be bent before or after it is signed. */
export type ProofJson = {
  body: {
    messages: { "@type": string; from_address: string; to_address: string; amount: object[] }[];
    memo: string;
    timeout_height: string;
    extension_options: object[];
    non_critical_extension_options: object[];
  };
  auth_info: {
    signer_infos: { public_key: KeyJson | null; mode_info: ModeJson; sequence: string }[];
    fee: { amount: object[]; gas_limit: string; payer: string; granter: string };
    tip: object | null;
  };
  signatures: string[];
};

/** As `tx bank send --generate-only` writes it, with the signer that `tx sign` adds. */
export function proofDraft(memo: string, number = 0, mode = "SIGN_MODE_DIRECT"): ProofJson {
  const address = account(number);
  return {
    body: {
      messages: [
        {
          "@type": "/cosmos.bank.v1beta1.MsgSend",
          from_address: address,
          to_address: address,
          amount: [{ denom: "upaw", amount: "1" }],
        },
      ],
      memo,
      timeout_height: "0",
      extension_options: [],
      non_critical_extension_options: [],
    },
    auth_info: {
      signer_infos: [{ public_key: keyJson(number), mode_info: { single: { mode } }, sequence: "0" }],
      fee: { amount: [], gas_limit: "200000", payer: "", granter: "" },
      tip: null,
    },
    signatures: [],
  };
}

/** What a draft's signer signs, in a mode. */
export function proofSignBytes(tx: ProofJson, mode: "direct" | "amino", chainId = proofChainId): Uint8Array {
  const read = decodeSend(parseJson(JSON.stringify(tx)).value);
  if (read.message === null) throw new Error("a draft without its message can't be signed");
  const write = mode === "direct" ? directSignBytes : aminoSignBytes;
  return write(read, read.message, { chainId, accountNumber: 0n, sequence: 0n }, read.body);
}

/** Signs a draft by a key; answers the file's text. */
export function signProof(tx: ProofJson, { key = 0, chainId = proofChainId } = {}): string {
  const mode = tx.auth_info.signer_infos[0]?.mode_info;
  const amino = mode !== undefined && "single" in mode && mode.single.mode === "SIGN_MODE_LEGACY_AMINO_JSON";
  const signature = signOnce(proofSignBytes(tx, amino ? "amino" : "direct", chainId), key);
  return JSON.stringify({ ...tx, signatures: [base64(signature)] });
}

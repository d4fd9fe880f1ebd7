import { said } from "../document/said.ts";
import { writeBech32 } from "./bech32.ts";
import type { Context } from "./context.ts";
import { diagnose } from "./diagnose.ts";
import type { Findings } from "./findings.ts";
import type { CreateValidator, Gentx } from "./gentx.ts";
import { show } from "./go-json.ts";
import { addressOf } from "./key.ts";
import { flawsOf, nobleCheck, tooManyKeys, verifies } from "./signature.ts";

/** Whether the operator's key signed this for this chain (x/auth/ante/sigverify.go); and if not, why. */
export function checkSignature(
  gentx: Gentx,
  message: CreateValidator,
  operator: Uint8Array | null,
  context: Context,
  findings: Findings,
): void {
  const [signer] = gentx.signers;
  const [signature] = gentx.signatures;
  if (signer === undefined || signature === undefined) return;
  const { publicKey, mode } = signer;
  if (publicKey === null) {
    findings.add("signer-key", said`the signer's public key is missing`);
    return;
  }
  const most = Number(context.genesis?.signaturesMax ?? 7n);
  if (tooManyKeys(publicKey, most)) findings.add("signature-count", said`the multisig holds more than ${most} keys`);
  const address = addressOf(publicKey);
  if (address === null) findings.add("signer-key", said`the signer's public key is malformed`);
  else if (operator !== null && !isSame(address, operator)) {
    const account = writeBech32(context.prefix, address);
    findings.add("signer-key", said`the key is that of ${account}, not the operator's`, show(account));
  }
  const flaws = flawsOf(publicKey, mode, signature, context.policy?.ethermint ?? false);
  for (const { rule, said: words } of flaws) findings.add(rule, words);
  if (flaws.length > 0 || mode === null) return;
  const check = context.check ?? nobleCheck;
  const expected =
    operator === null ? 0n : (context.genesis?.sequences.get(writeBech32(context.prefix, operator)) ?? 0n);
  const data = { chainId: context.chainId, accountNumber: 0n, sequence: expected };
  const trial = { signer: data, body: gentx.body, message };
  if (verifies(gentx, publicKey, mode, signature, trial, check)) return;
  const known = [
    ...(context.policy?.knownChainIds ?? []),
    ...(context.genesis?.chainId ? [context.genesis.chainId] : []),
  ];
  const why = diagnose(gentx, message, context.chainId, known, check);
  const reason = why ?? said`the file was edited after it was signed, or it was signed for another chain`;
  findings.add("signature", said`the signature doesn't verify for the chain id ${show(context.chainId)}: ${reason}`);
}

function isSame(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}

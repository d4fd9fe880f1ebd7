import { byBinary, byWallet } from "../genesis/attest/words.ts";
import { consensusKey } from "../genesis/gentxs.ts";

/** What operator `number` says, with changes. */
export function profileOf(number: number, changes: object = {}) {
  return {
    moniker: `operator ${number}`,
    identity: "0123456789ABCDEF",
    website: `https://operator-${number}.example`,
    securityContact: `security@operator-${number}.example`,
    details: "",
    consensusKey: consensusKey(number).key,
    peer: `${String(number).padStart(40, "b")}@9.9.${number}.9:26656`,
    commission: { rate: "0.1", maxRate: "0.2", maxChangeRate: "0.01" },
    region: "eu",
    provider: "own rack",
    hardware: true,
    keySafety: true,
    ...changes,
  };
}

/** A line signed by a wallet or by the chain's own binary, as a request holds it. */
export function proofOf(word: string, number: number, kind: "adr036" | "tx" = "adr036", key = number) {
  if (kind === "tx") {
    const { tx } = byBinary(word, number) as { tx: string };
    return { kind, tx };
  }
  const { pubKey, signature } = byWallet(word, number, key) as { pubKey: string; signature: string };
  return { kind, word, pubKey, signature };
}

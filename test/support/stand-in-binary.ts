import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Puts a program called `simd` into a folder, that stands in for a chain's: `tx bank send … --note` and `tx sign` print
 * what a real one prints, signed by account 0 of the tests. It refuses flags other than those of an offline proof.
 * test/chain runs the real one.
 */
export function putStandIn(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const proofs = pathToFileURL(join(import.meta.dirname, "../genesis/proof/proofs.ts"));
  const script = `
import { readFileSync } from "node:fs";
import { proofDraft, signProof } from ${JSON.stringify(proofs.href)};
const args = process.argv.slice(2);
const flag = (name) => args[args.indexOf(name) + 1];
if (args.slice(0, 3).join(" ") === "tx bank send" && args.includes("--generate-only") && flag("--chain-id")) {
  const draft = proofDraft(flag("--note"));
  console.log(JSON.stringify({ ...draft, auth_info: { ...draft.auth_info, signer_infos: [] } }));
} else if (args.slice(0, 2).join(" ") === "tx sign" && args.includes("--offline") && flag("--from") === "my key") {
  const { body } = JSON.parse(readFileSync(args[2], "utf8"));
  console.log(signProof(proofDraft(body.memo), { chainId: flag("--chain-id") }));
} else process.exit(1);
`;
  writeFileSync(join(folder, "simd.ts"), script);
  const program = join(folder, "simd");
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${join(folder, "simd.ts")}" "$@"\n`);
  chmodSync(program, 0o755);
}

import { assemble } from "../assemble/assemble.ts";
import { validatorsHash } from "../assemble/validators-hash.ts";
import { sha256Hex } from "../document/hash.ts";
import { nodeAnswer } from "../document/node-answer.ts";
import { canonicalGenesis, genesisText } from "../document/write.ts";
import { NotCanonical } from "../json/canonical.ts";
import { judgeGenesis } from "../rules/judge-genesis.ts";
import type { Assembled, Assembler, AssemblyParts } from "./assembler.ts";
import { BrokenPart, readAllocations, readBase, textOf } from "./parts.ts";

/** Makes the genesis of a ceremony's parts, and holds it against the rules for a genesis. */
export const assembleParts: Assembler = (parts) => {
  try {
    return assembled(parts);
  } catch (error) {
    if (error instanceof BrokenPart) return { ok: false, problems: [error.message] };
    if (error instanceof NotCanonical) return { ok: false, problems: [`no canonical form: ${error.message}`] };
    throw error;
  }
};

function assembled(parts: AssemblyParts): Assembled {
  const { style, order, genesisTime, shape, chainId } = parts.parameters;
  const base = readBase(parts.base);
  if (base.shape !== shape)
    return { ok: false, problems: [`the base genesis is of shape ${base.shape}, not ${shape}`] };
  const gentxs = [...parts.gentxs].map(([name, bytes]) => ({ name, text: textOf(bytes, `the gentx of ${name}`) }));
  const allocations = readAllocations(parts);
  const made = assemble({ base, gentxs, style, order, genesisTime, ...(allocations && { allocations }) });
  if (!made.ok) return { ok: false, problems: made.findings.map(({ message }) => message) };
  const { file } = made.assembly;
  const broken = judgeGenesis(file, { base, chainId });
  if (broken.length > 0) return { ok: false, problems: broken.map(({ message }) => message) };
  const genesis = new TextEncoder().encode([...genesisText(file)].join(""));
  const hash = validatorsHash(made.assembly.validators);
  const canonicalSha256 = sha256Hex(canonicalGenesis(file));
  // A node that was started on the SDK's document answers in CometBFT's shape.
  const answerSha256 = base.shape === "GenesisDoc" ? canonicalSha256 : sha256Hex(canonicalGenesis(nodeAnswer(file)));
  return { ok: true, genesis, canonicalSha256, answerSha256, validatorsHash: hash };
}

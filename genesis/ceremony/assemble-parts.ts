import type { Assembler } from "./assembler.ts";

/** Makes the genesis of a ceremony's parts. */
export const assembleParts: Assembler = () => ({ ok: false, problems: ["this build can't assemble"] });

import { existsSync, rmSync } from "node:fs";
import { stateDir } from "./state-dir.ts";

/** `npm run reset`: forgets chain, claims and faucet key; the next start begins anew. */
const dir = stateDir();
const known = existsSync(dir);
rmSync(dir, { recursive: true, force: true });
console.log(known ? `Removed ${dir}. The next npm start begins anew.` : `Nothing to remove: ${dir} does not exist.`);

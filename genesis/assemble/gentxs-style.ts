import { appState, type GenesisFile } from "../document/genesis-file.ts";
import { type Candidate, type GentxFile, readGentx } from "./candidate.ts";
import { topLevel } from "./top.ts";

/**
 * Style `gentxs`: the gentxs stand in `genutil.gen_txs`, in the order given, and the chain runs them at block 1. The
 * bytes are those of the SDK's `collect-gentxs`.
 */
export function gentxsStyle(
  base: GenesisFile,
  candidates: readonly Candidate[],
  files: ReadonlyMap<string, GentxFile>,
  tip: boolean,
): GenesisFile {
  const state = new Map(appState(base)).set("genutil", new Map([["gen_txs", []]]));
  const gentxs = {
    // Read again for each walk: ten thousand trees would be a hundred megabytes, their texts are ten.
    *[Symbol.iterator]() {
      for (const { file } of candidates) {
        const found = files.get(file);
        if (found !== undefined) yield readGentx(found, { tip });
      }
    },
  };
  return { ...base, root: topLevel(base, state), gentxs };
}

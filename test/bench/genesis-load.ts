import { createHash } from "node:crypto";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { writeAddress } from "../../genesis/document/address.ts";
import { account, chainId, gentx } from "../genesis/gentxs.ts";
import { sampleGenesis } from "../genesis/sample.ts";

/** A ceremony far larger than any real one, as files. */
export type Load = { readonly base: string; readonly gentxs: string; readonly allocations: string };

const chunkRows = 10_000;

/**
 * Writes a base genesis without accounts, `gentxs` signed gentxs, each of a key of its own, and a CSV of
 * `allocations` accounts, the operators' among them. The same numbers give the same bytes.
 */
export async function writeLoad(folder: string, gentxs: number, allocations: number): Promise<Load> {
  const load = { base: join(folder, "base.json"), gentxs: join(folder, "gentxs"), allocations: join(folder, "a.csv") };
  const nobody = { "app_state.auth.accounts": [], "app_state.bank.balances": [], "app_state.bank.supply": [] };
  const params = { "app_state.staking.params.max_validators": gentxs };
  await writeFile(load.base, sampleGenesis({ chain_id: chainId, ...nobody, ...params }));
  await mkdir(load.gentxs);
  for (let number = 0; number < gentxs; number += 1) {
    await writeFile(
      join(load.gentxs, `gentx-${number}.json`),
      gentx(() => undefined, number),
    );
  }
  const csv = createWriteStream(load.allocations);
  csv.write("address,amount\n");
  for (let row = 0; row < allocations; row += chunkRows) {
    const rows = Array.from({ length: Math.min(chunkRows, allocations - row) }, (_, index) => row + index);
    const text = rows.map((each) => `${each < gentxs ? account(each) : someone(each)},1000000000\n`).join("");
    if (!csv.write(text)) await once(csv, "drain");
  }
  csv.end();
  await finished(csv);
  return load;
}

function someone(number: number): string {
  return writeAddress("paw", createHash("sha256").update(`somebody ${number}`).digest().subarray(0, 20));
}

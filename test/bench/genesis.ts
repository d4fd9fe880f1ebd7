import { copyFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../architecture/tree.ts";
import { buildDevnet, goAvailable } from "../devnet/build.ts";
import { removeWithUs } from "../devnet/children.ts";
import { chainEnvironment } from "../devnet/home.ts";
import { settled } from "../devnet/options.ts";
import { corpus, corpusAvailable } from "../support/corpus.ts";
import { writeLoad } from "./genesis-load.ts";
import { type Measured, measured } from "./measured.ts";
import { median } from "./numbers.ts";
import { load, machine } from "./report.ts";

const usage = `npm run bench -- genesis [flags]: the genesis command, beside the real chain's own tool

  --runs N           of each command, in turn; default 7
  --gentxs N         in the large ceremony, default 10000
  --allocations N    in it, default 1000000; 0: leave it out
  --heap MB          node's --max-old-space-size for it, default 128`;

const launch = "nibiru-3000";
const cli = join(root, "genesis/cli.ts");

/** `npm run bench -- genesis`: a real launch by our command and by the chain's tool in turn, then a ceremony beyond any. */
export async function benchGenesis(args: readonly string[]): Promise<void> {
  const text = { type: "string" } as const;
  const options = { help: { type: "boolean" }, runs: text, gentxs: text, allocations: text, heap: text } as const;
  const { values } = parseArgs({ args: [...args], options });
  if (values.help) return console.log(usage);
  const whole = (name: "runs" | "gentxs" | "allocations" | "heap", otherwise: string) => {
    const given = values[name] ?? otherwise;
    if (!/^[0-9]{1,7}$/.test(given)) throw new Error(`--${name} takes a whole number, not "${given}"`);
    return Number(given);
  };
  const [runs, gentxs, allocations] = [whole("runs", "7"), whole("gentxs", "10000"), whole("allocations", "1000000")];
  const folder = await mkdtemp(join(tmpdir(), "wellspring-bench-genesis-"));
  removeWithUs(folder);
  console.log(`${new Date().toISOString()}: ${machine()}; load ${load()}`);
  await benchLaunch(folder, runs);
  if (allocations > 0) await benchLarge(folder, gentxs, allocations, whole("heap", "128"));
  await rm(folder, { recursive: true, force: true });
  console.log(`load at the end ${load()}`);
}

/** The real launch's gentxs into its own genesis. The chain's tool and our command start from the same bytes. */
async function benchLaunch(folder: string, runs: number): Promise<void> {
  if (!corpusAvailable() || !goAvailable()) return;
  const [source, home] = [join(corpus, "launches", launch), join(folder, "home")];
  const binary = await buildDevnet();
  const env = chainEnvironment(settled({ chainId: launch, prefix: "game", denom: "ugame" }));
  await measured(binary, ["init", "bench", "--chain-id", launch, "--home", home], { env });
  const file = join(home, "config/genesis.json");
  await writeFile(file, await readFile(join(source, "genesis.json")));
  const gentxs = join(source, "gentxs");
  const collect = ["genesis", "collect-gentxs", "--gentx-dir", gentxs, "--home", home];
  // Once for the document's shape: what it wrote is then the base of both.
  await measured(binary, collect, { env });
  const [base, ours] = [join(folder, "launch-base.json"), join(folder, "launch.json")];
  await copyFile(file, base);
  const files = ["--genesis", base, "--gentxs", gentxs];
  const commands = {
    "collect-gentxs, the chain's own tool": () => measured(binary, collect, { env }),
    "assemble (judges, then assembles)": () =>
      measured(process.execPath, [cli, "assemble", ...files, "--order", "tool", "--out", ours, "--force"]),
    "check (judges alone)": () =>
      measured(process.execPath, [cli, "check", "--genesis", base, "--only-fatal", "--json", gentxs]),
    "node without work": () => measured(process.execPath, ["-e", "0"]),
  };
  const taken = new Map<string, Measured[]>(Object.keys(commands).map((name) => [name, []]));
  for (let run = 0; run <= runs; run += 1) {
    for (const [name, command] of Object.entries(commands)) {
      const one = await command();
      // The first of each fills the caches.
      if (run > 0) taken.get(name)?.push(one);
    }
  }
  if (!(await readFile(ours)).equals(await readFile(file))) throw new Error("The two wrote different bytes");
  console.log(`${launch}: the same bytes from both; ${runs} runs of each in turn, medians`);
  const [tool = []] = taken.values();
  for (const [name, all] of taken) console.log(line(name, all, tool));
}

function line(name: string, all: readonly Measured[], tool: readonly Measured[]): string {
  const of = (value: (each: Measured) => number, runs = all) => median(runs.map(value));
  const [ms, cpuMs] = [({ ms }: Measured) => ms, ({ cpuMs }: Measured) => cpuMs];
  const range = `${Math.min(...all.map(ms)).toFixed(0)} to ${Math.max(...all.map(ms)).toFixed(0)}`;
  const ratios = [ms, cpuMs].map((value) => (of(value) / of(value, tool)).toFixed(2));
  const words = [
    `${of(ms).toFixed(0)} ms (${range})`,
    `${of(cpuMs).toFixed(0)} ms of CPU`,
    `${of(({ peakMb }) => peakMb).toFixed(0)} MB`,
    `ratios ${ratios.join(" and ")}`,
  ];
  return `  ${name.padEnd(38)} ${words.join(", ")}`;
}

/** What is written must be what was asked for, or its speed says nothing. */
async function benchLarge(folder: string, gentxs: number, allocations: number, heapMb: number): Promise<void> {
  const large = join(folder, "large");
  await mkdir(large);
  const begun = performance.now();
  const files = await writeLoad(large, gentxs, allocations);
  console.log(`${gentxs} gentxs and ${allocations} allocations made in ${seconds(performance.now() - begun)}`);
  for (const style of ["gentxs", "staking-state"]) {
    const out = join(folder, `${style}.json`);
    const from = ["--genesis", files.base, "--gentxs", files.gentxs, "--allocations", files.allocations];
    const heap = `--max-old-space-size=${heapMb}`;
    const to = ["--out", out, "--style", style, "--json"];
    const ran = await measured(process.execPath, [heap, cli, "assemble", ...from, ...to]);
    const { supply } = JSON.parse(ran.out) as { supply: Record<string, string> };
    const sum = String(BigInt(allocations) * 1_000_000_000n);
    if (supply.upaw !== sum) throw new Error(`A supply of ${supply.upaw}, not ${sum}`);
    const { size } = await stat(out);
    console.log(
      `  ${style}, heap of ${heapMb} MB: ${seconds(ran.ms)}, ${seconds(ran.cpuMs)} of CPU, ${ran.peakMb.toFixed(0)} MB at most, ${(size / 1e6).toFixed(0)} MB written`,
    );
    await rm(out);
  }
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

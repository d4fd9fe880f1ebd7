import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../architecture/tree.ts";
import { freePorts } from "../devnet/ports.ts";
import { findChromium } from "../support/browser.ts";
import { launch } from "../support/launcher.ts";
import { judgePage } from "../support/lighthouse.ts";

const runs = 5;
const paths = ["/", "/faucet/", "/ceremony/", "/status/", "/docs/paw-testnet-1/join/"];
const page = join(root, "docs/benchmarks.md");
const [begin, end] = ["<!-- bench:page -->", "<!-- /bench:page -->"];

/** `npm run bench:page`: Lighthouse on pages of `npm start`, each five times; the medians go into docs/benchmarks.md. */
async function main(): Promise<void> {
  const chromium = findChromium();
  if (chromium === null) throw new Error("Chromium was not found; CHROMIUM=… names one");
  const dir = mkdtempSync(join(tmpdir(), "wellspring-bench-page-"));
  const [port] = (await freePorts(1)) as [number];
  const server = await launch(port, join(dir, "state"));
  try {
    const categories = ["performance", "accessibility", "best-practices", "seo"];
    const load = loadavg()[0]?.toFixed(1);
    const rows: string[] = [];
    for (const path of paths) {
      const all: Readonly<Record<string, number>>[] = [];
      for (let run = 0; run < runs; run += 1) {
        const { scores, lost } = await judgePage(chromium, server.url + path, categories);
        console.log(path, JSON.stringify(scores), lost.join("; "));
        all.push(scores);
      }
      rows.push(
        ...categories.map((name) =>
          row(
            path,
            name,
            all.map((scores) => scores[name] ?? 0),
          ),
        ),
      );
    }
    const date = new Date().toISOString().slice(0, 10);
    const where = `${date}, ${cpus().length} cores, load average ${load} at the start, median of ${runs} runs, Lighthouse's phone:`;
    write([where, "", "| page | category | median | runs |", "|---|---|---|---|", ...rows].join("\n"));
    console.log(`\n${rows.join("\n")}\nwritten to docs/benchmarks.md`);
  } finally {
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

function row(path: string, name: string, scores: readonly number[]): string {
  const median = scores.toSorted((a, b) => a - b)[Math.floor(scores.length / 2)];
  return `| ${path} | ${name} | ${median} | ${scores.join(", ")} |`;
}

function write(text: string): void {
  const before = readFileSync(page, "utf8");
  const [from, to] = [before.indexOf(begin), before.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${page} has no place between ${begin} and ${end}`);
  writeFileSync(page, `${before.slice(0, from + begin.length)}\n${text}\n${before.slice(to)}`);
}

await main();

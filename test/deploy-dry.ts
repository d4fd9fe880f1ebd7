import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** The folder that the dry run writes; ignored by git. */
const outdir = "dist";

/** `npm run deploy:dry`: builds what would be deployed and prints its size, without an account or a network. */
function main(): number {
  rmSync(outdir, { recursive: true, force: true });
  const build = spawnSync("wrangler", ["deploy", "--dry-run", "--outdir", outdir], {
    stdio: "inherit",
    shell: process.platform === "win32",
    env: {
      ...process.env,
      WRANGLER_SEND_METRICS: "false",
      WRANGLER_SEND_ERROR_REPORTS: "false",
      WRANGLER_HIDE_BANNER: "true",
    },
  });
  if (build.status !== 0) return build.status ?? 1;
  const modules = readdirSync(outdir).filter((name) => /\.(js|mjs|wasm)$/.test(name));
  if (modules.length === 0) {
    console.error(`FAILED: the dry run left no module in ${outdir}/`);
    return 1;
  }
  const bodies = modules.map((name) => readFileSync(join(outdir, name)));
  const raw = bodies.reduce((sum, body) => sum + body.length, 0);
  const gzip = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
  console.log(`Worker: ${(raw / 1024).toFixed(0)} KiB, ${(gzip / 1024).toFixed(0)} KiB gzip`);
  return 0;
}

process.exitCode = main();

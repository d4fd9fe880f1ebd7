import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { buildDocs } from "./pages/build-docs.ts";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const licence = (path) => `/*! ${path}\n${readFileSync(here(`../node_modules/${path}`), "utf8").trim()}\n*/`;

/**
 * Bundles what the page can't load as it is: the puzzle's solver, made of two packages. wrangler runs this before it
 * serves or deploys ([build] in wrangler.toml); what it writes is not under version control.
 */
await build({
  entryPoints: [here("./solver/worker.js")],
  outfile: here("./public/solver.js"),
  banner: { js: ["@noble/hashes/LICENSE", "altcha-lib/LICENSE.txt"].map(licence).join("\n") },
  bundle: true,
  minify: true,
  format: "iife",
  platform: "browser",
  target: "es2022",
  logLevel: "warning",
});

/** Writes the pages under /docs/ from the guides, docs/ and the network files; not under version control either. */
buildDocs(here("./public/docs"));

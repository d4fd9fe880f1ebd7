import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { buildDocs } from "./pages/build-docs.ts";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
/** Those whose licence stands at the head of the file that they are bundled into. */
const bannered = ["altcha-lib", "minisearch"];
const licence = (path) => `/*! ${path}\n${readFileSync(here(`../node_modules/${path}`), "utf8").trim()}\n*/`;
const common = { bundle: true, minify: true, platform: "browser", target: "es2022", logLevel: "warning" };

const bundled = new Set();
/** Bundles, and notes whose code went in: each asks that its licence goes with it. */
async function bundle(options) {
  const { metafile } = await build({ ...common, metafile: true, ...options });
  for (const { inputs } of Object.values(metafile.outputs))
    for (const path of Object.keys(inputs)) {
      const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
      if (name !== undefined) bundled.add(name);
    }
}

/** zod brings its messages in fifty languages: English is enough, and a third of the bytes. */
const english = {
  name: "english",
  setup({ onResolve, resolve }) {
    onResolve({ filter: /\/locales\/index\.js$/ }, ({ path, importer, resolveDir }) => {
      const inZod = /[\\/]node_modules[\\/]zod[\\/]/.test(importer);
      return inZod
        ? resolve(path.replace("index.js", "en.js"), { importer, resolveDir, kind: "import-statement" })
        : undefined;
    });
  },
};

/** Of zod only what is used: `{ z }` is an object of all there is, and a bundler can't leave parts of an object out. */
const partsOfZod = {
  name: "parts of zod",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]genesis[\\/].*\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8").replace('import { z } from "zod";', 'import * as z from "zod";');
      return { contents: text, loader: "ts" };
    });
  },
};

/*
 * Bundles what the pages can't load as it is. wrangler runs this before it serves or deploys ([build] in
 * wrangler.toml); what it writes is not under version control. First the faucet's puzzle solver, of two packages.
 */
await bundle({
  entryPoints: [here("./solver/worker.js")],
  outfile: here("./public/solver.js"),
  banner: { js: ["@noble/hashes/LICENSE", "altcha-lib/LICENSE.txt"].map(licence).join("\n") },
  format: "iife",
});

// Then what the ceremony's pages do with the genesis library itself: judge, rebuild, and know the phases.
const built = here("./public/ceremony/built");
const licencesBeside = { js: "/*! Licences of what is bundled here: licences.txt beside this file. */" };
await bundle({
  entryPoints: ["judge", "rebuild"].map((name) => here(`./ceremony/${name}.js`)),
  outdir: built,
  // A fixed name: nothing old is left lying there. Should there ever be two of them, the build fails.
  chunkNames: "shared",
  splitting: true,
  format: "esm",
  plugins: [english, partsOfZod],
  banner: licencesBeside,
});
const small = ["phases", "attest"].map((name) => here(`./ceremony/${name}.js`));
await bundle({ entryPoints: small, outdir: built, format: "esm", banner: licencesBeside });

// The rules of a registration, for the page on which it is written.
await bundle({
  entryPoints: [here("./register/content.js")],
  outdir: here("./public/register/built"),
  format: "esm",
  plugins: [english, partsOfZod],
  banner: { js: "/*! Licences of what is bundled here: /ceremony/built/licences.txt */" },
});

// What finds words in the docs; loaded by whoever looks for some.
await bundle({
  entryPoints: [here("./search/search.js")],
  outfile: here("./public/search.js"),
  banner: { js: licence("minisearch/LICENSE.txt") },
  format: "esm",
});
const listed = ["@noble/hashes", "@noble/curves", "@scure/base", "@scure/bip39", "base64-js", "canonicalize", "zod"];
const apache = "@cosmjs/encoding: Apache-2.0, https://www.apache.org/licenses/LICENSE-2.0";
const untold = [...bundled].filter((name) => ![...listed, ...bannered, "@cosmjs/encoding"].includes(name));
if (untold.length > 0) throw new Error(`bundled without a licence: ${untold.join(", ")}`);
writeFileSync(`${built}/licences.txt`, `${listed.map((name) => licence(`${name}/LICENSE`)).join("\n")}\n${apache}\n`);

/** Writes the pages under /docs/ from the guides, docs/ and the network files; not under version control either. */
buildDocs(here("./public/docs"), process.env.NETWORK_FILES);

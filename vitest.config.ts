import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

/** cosmjs is CommonJS that requires an ESM word list: without this it doesn't load under vitest in workerd. */
const cosmjs = {
  ssr: {
    enabled: true,
    include: ["@cosmjs/proto-signing", "@cosmjs/stargate", "@cosmjs/crypto", "@cosmjs/encoding", "@cosmjs/amino"],
  },
};

/** Kinds of tests: in workerd, in plain Node, over HTTP against the deployed bundle, on a real chain, in a browser. */
export default defineConfig({
  test: {
    // The Worker's log lines are worth reading only where a test failed.
    silent: "passed-only",
    projects: [
      {
        plugins: [
          cloudflareTest(async ({ inject }) => ({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: {
              bindings: { TEST_MIGRATIONS: await readD1Migrations("./db/migrations"), ...inject<object>("settings") },
            },
          })),
        ],
        test: {
          name: "workerd",
          include: ["test/{routes,objects,store}/**/*.test.ts", "test/**/*.workerd.test.ts"],
          setupFiles: ["./test/support/workerd-setup.ts"],
          globalSetup: ["./test/support/sandbox-setup.ts"],
          testTimeout: 30_000,
          deps: { optimizer: cosmjs },
        },
      },
      {
        test: {
          name: "node",
          include: [
            "test/{architecture,simulation,sandbox,chains,names,conformance,networks,domain,launcher,limits,access,genesis,docs-site}/**/*.test.ts",
          ],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: "chain",
          include: ["test/{devnet,chain}/**/*.test.ts"],
          pool: "forks",
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: "http",
          include: ["test/{abuse,http}/**/*.test.ts"],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});

/** What one file of a room may import and what not: specifiers as they'd stand in that file. */
export type Room = {
  readonly room: string;
  /** The file that the test plants, as deep as the room's files really lie. */
  readonly file: string;
  readonly allowed: readonly string[];
  readonly refused: readonly string[];
};

const adapters = [
  "store/store.ts",
  "chains/registry.ts",
  "chains/cosmos/driver.ts",
  "limits/limiter.ts",
  "access/challenges.ts",
  "webhooks/standard-webhook.ts",
  "names/doh.ts",
];
const users = ["routes/claim.ts", "jobs/poke.ts", "objects/dispenser.ts"];
const platform = ["cloudflare:workers", "node:fs", "drizzle-orm", "hono", "@cosmjs/stargate", "wrangler"];

const under = (prefix: string, names: readonly string[]) => names.map((name) => prefix + name);

/** The room table of ARCHITECTURE.md, written as imports that the lint must let through or refuse. */
export const rooms: readonly Room[] = [
  {
    room: "domain",
    file: "workers/domain/claim/planted.ts",
    allowed: [
      "./claim.ts",
      "../shared/coin.ts",
      "../chain/driver.ts",
      "../access/client.ts",
      "../admin/actor.ts",
      "../../../genesis/hash.ts",
    ],
    refused: [
      ...under("../../", [...adapters, ...users, "main.ts", "wiring.ts", "config.ts"]),
      ...under("../../../", ["db/schema/claims.ts", "networks/schema.ts", "sandbox/start.ts", "test/run.ts"]),
      ...platform,
      "zod",
    ],
  },
  {
    room: "routes",
    file: "workers/routes/planted.ts",
    allowed: ["./problem.ts", "../domain/claim/claim.ts", "hono", "hono/cors", "@hono/zod-openapi", "zod"],
    refused: [
      ...under("../", [...adapters, "objects/dispenser.ts", "jobs/poke.ts", "main.ts", "wiring.ts", "config.ts"]),
      ...under("../../", ["db/schema/claims.ts", "networks/schema.ts", "sandbox/start.ts", "test/run.ts"]),
      "drizzle-orm",
      "cloudflare:workers",
      "node:fs",
      "@cosmjs/encoding",
    ],
  },
  {
    room: "the dialects among routes",
    file: "workers/routes/compat/planted.ts",
    allowed: ["./dialect.ts", "../problem.ts", "../../domain/claim/claim.ts", "hono", "zod"],
    refused: [
      ...under("../../", [...adapters, "objects/dispenser.ts", "jobs/poke.ts", "main.ts", "wiring.ts", "config.ts"]),
      ...under("../../../", ["db/schema/claims.ts", "networks/schema.ts", "sandbox/start.ts", "test/run.ts"]),
      "drizzle-orm",
      "cloudflare:workers",
      "node:fs",
    ],
  },
  {
    room: "the ceremonies' among routes",
    file: "workers/routes/ceremony/planted.ts",
    allowed: ["./gentxs.ts", "../problem.ts", "../../domain/ceremony/door.ts", "hono", "@hono/zod-openapi"],
    refused: [
      ...under("../../", [...adapters, "objects/ceremony-room.ts", "jobs/poke.ts", "main.ts", "wiring.ts"]),
      ...under("../../../", ["genesis/log/log.ts", "networks/schema.ts", "sandbox/start.ts", "test/run.ts"]),
      "drizzle-orm",
      "cloudflare:workers",
      "node:fs",
    ],
  },
  {
    room: "the admins' among routes",
    file: "workers/routes/admin/planted.ts",
    allowed: ["./require-role.ts", "../problem.ts", "../../domain/admin/actor.ts", "hono", "@hono/zod-openapi", "zod"],
    refused: [
      ...under("../../", [...adapters, "objects/dispenser.ts", "jobs/poke.ts", "main.ts", "wiring.ts", "config.ts"]),
      ...under("../../../", ["db/schema/claims.ts", "networks/schema.ts", "sandbox/start.ts", "test/run.ts"]),
      "drizzle-orm",
      "cloudflare:workers",
      "node:fs",
    ],
  },
  {
    room: "webhooks",
    file: "workers/webhooks/planted.ts",
    allowed: ["./other.ts", "../domain/claim/deliver.ts", "standardwebhooks"],
    refused: [
      ...under("../", ["store/store.ts", "chains/registry.ts", ...users, "main.ts", "wiring.ts", "config.ts"]),
      ...under("../../", ["db/schema/claims.ts", "networks/schema.ts", "sandbox/start.ts", "test/run.ts"]),
      ...platform,
    ],
  },
  {
    room: "jobs",
    file: "workers/jobs/planted.ts",
    allowed: ["./prune.ts", "../domain/claim/ports.ts", "zod"],
    refused: [
      ...under("../", [...adapters, "objects/dispenser.ts", "routes/claim.ts", "main.ts", "wiring.ts"]),
      ...under("../../", ["db/schema/claims.ts", "sandbox/start.ts", "test/run.ts"]),
      "drizzle-orm",
    ],
  },
  {
    room: "objects",
    file: "workers/objects/planted.ts",
    allowed: ["./dispenser.ts", "../domain/claim/ports.ts", "../wiring.ts", "../env.ts", "cloudflare:workers"],
    refused: [
      ...under("../", [...adapters, "routes/claim.ts", "jobs/poke.ts", "main.ts"]),
      ...under("../../", ["db/schema/claims.ts", "networks/schema.ts", "sandbox/start.ts", "test/run.ts"]),
      "hono",
      "drizzle-orm",
      "zod",
    ],
  },
  {
    room: "store",
    file: "workers/store/planted.ts",
    allowed: ["./rows.ts", "../domain/claim/records.ts", "../../db/schema/claims.ts", "drizzle-orm", "drizzle-orm/d1"],
    refused: [
      ...under("../", ["chains/registry.ts", "limits/limiter.ts", ...users, "main.ts", "wiring.ts", "config.ts"]),
      ...under("../../", ["networks/schema.ts", "sandbox/start.ts", "test/run.ts"]),
      "hono",
      "@cosmjs/stargate",
    ],
  },
  {
    room: "chains",
    file: "workers/chains/cosmos/planted.ts",
    allowed: [
      "./node.ts",
      "../../domain/chain/driver.ts",
      "@cosmjs/proto-signing",
      "cosmjs-types/cosmos/tx/v1beta1/tx",
      "@noble/ciphers/chacha.js",
      "cloudflare:sockets",
    ],
    refused: [
      ...under("../../", ["store/store.ts", "limits/limiter.ts", ...users, "main.ts", "wiring.ts", "config.ts"]),
      ...under("../../../", ["db/schema/claims.ts", "sandbox/chain/chain.ts", "test/run.ts"]),
      "hono",
      "drizzle-orm",
      "cloudflare:workers",
      "node:fs",
    ],
  },
  {
    room: "names",
    file: "workers/names/planted.ts",
    allowed: ["./other.ts", "../domain/validator/peer-look.ts", "zod"],
    refused: [
      ...under("../", [...adapters, ...users, "main.ts", "wiring.ts", "config.ts"]),
      ...under("../../", ["db/schema/claims.ts", "networks/schema.ts", "sandbox/start.ts", "test/run.ts"]),
      ...platform,
    ],
  },
  {
    room: "access",
    file: "workers/access/planted.ts",
    allowed: [
      "./solution.ts",
      "../domain/access/challenge.ts",
      "altcha-lib",
      "altcha-lib/algorithms/scrypt",
      "@cosmjs/amino",
      "@cosmjs/encoding",
      "@noble/curves/secp256k1.js",
      "jose",
      "zod",
    ],
    refused: [
      ...under("../", ["store/store.ts", "chains/registry.ts", "limits/limiter.ts", ...users, "main.ts", "wiring.ts"]),
      ...under("../../", ["db/schema/claims.ts", "sandbox/start.ts", "test/run.ts"]),
      "drizzle-orm",
      "hono",
      "@cosmjs/stargate",
      "node:fs",
    ],
  },
  {
    room: "limits",
    file: "workers/limits/planted.ts",
    allowed: ["./embedded-limiter.ts", "../domain/claim/ports.ts", "@upstash/ratelimit"],
    refused: [
      ...under("../", ["store/store.ts", "chains/registry.ts", ...users, "main.ts", "wiring.ts"]),
      ...under("../../", ["db/schema/claims.ts", "sandbox/start.ts", "test/run.ts"]),
      "drizzle-orm",
      "hono",
    ],
  },
  {
    room: "wiring",
    file: "workers/wiring.ts",
    allowed: [...under("./", [...adapters, "config.ts", "domain/claim/ports.ts"]), "../networks/schema.ts"],
    refused: [
      ...under("./", [...users, "main.ts"]),
      ...under("../", ["db/schema/claims.ts", "sandbox/start.ts", "test/run.ts"]),
      ...["hono", "node:fs", "drizzle-orm"],
    ],
  },
  {
    room: "the ceremony's wiring",
    file: "workers/ceremony-wiring.ts",
    allowed: ["./config.ts", "./domain/ceremony/room.ts", "./store/contents.ts", "../genesis/log/key.ts"],
    refused: [
      ...under("./", [...users, "main.ts"]),
      ...under("../", ["db/schema/claims.ts", "sandbox/start.ts", "test/run.ts"]),
      ...["hono", "node:fs", "drizzle-orm"],
    ],
  },
  {
    room: "the directory's wiring",
    file: "workers/validator-wiring.ts",
    allowed: ["./config.ts", "./names/doh.ts", "./chains/registry.ts", "../networks/stake.ts", "../genesis/log/key.ts"],
    refused: [...under("./", [...users, "main.ts"]), "../db/schema/claims.ts", "hono", "node:fs", "drizzle-orm"],
  },
  {
    room: "main",
    file: "workers/main.ts",
    allowed: ["./wiring.ts", "./env.ts", ...under("./", users)],
    refused: [
      ...under("./", [...adapters, "domain/claim/claim.ts"]),
      ...under("../", ["db/schema/claims.ts", "networks/schema.ts", "sandbox/start.ts", "test/run.ts"]),
      "hono",
      "drizzle-orm",
    ],
  },
  {
    room: "db",
    file: "db/schema/planted.ts",
    allowed: ["./claims.ts", "drizzle-orm/sqlite-core"],
    refused: ["../../workers/domain/claim/claim.ts", "../../networks/schema.ts", "../../test/run.ts", "zod", "hono"],
  },
  {
    room: "networks",
    file: "networks/planted.ts",
    allowed: ["./sandbox-1.json", "zod"],
    refused: ["../workers/domain/claim/claim.ts", "../db/schema/claims.ts", "../test/run.ts", "hono", "node:fs"],
  },
  {
    room: "genesis",
    file: "genesis/gentx/planted.ts",
    allowed: ["./rule.ts", "../json/parse.ts", "@cosmjs/crypto", "@noble/curves/secp256k1.js"],
    refused: [
      ...under("../../", ["workers/domain/claim/claim.ts", "db/schema/claims.ts", "test/run.ts"]),
      ...under("../", ["cli.ts", "cli/safe-file.ts"]),
      "node:fs",
      "hono",
    ],
  },
  {
    room: "genesis' command line",
    file: "genesis/cli.ts",
    allowed: ["./canonical.ts", "node:fs", "node:fs/promises"],
    refused: ["../workers/domain/claim/claim.ts", "../test/run.ts", "hono"],
  },
  {
    room: "its verbs",
    file: "genesis/cli/planted.ts",
    allowed: ["./safe-file.ts", "../gentx/judge.ts", "../json/parse.ts", "node:fs/promises"],
    refused: ["../../workers/domain/claim/claim.ts", "../../test/run.ts", "hono"],
  },
  {
    room: "sandbox",
    file: "sandbox/chain/planted.ts",
    allowed: ["./ledger.ts", "node:http", "node:fs/promises", "@cosmjs/crypto", "altcha-lib"],
    refused: [
      ...under("../../workers/", ["domain/claim/claim.ts", "chains/cosmos/codec.ts", "store/store.ts", "main.ts"]),
      "../../db/schema/claims.ts",
      "../../test/run.ts",
      "hono",
      "drizzle-orm",
    ],
  },
  {
    room: "docs-site",
    file: "docs-site/planted.ts",
    allowed: ["./page.ts", "../parts.js", "../genesis/hash.ts", "altcha-lib", "@noble/hashes/scrypt.js"],
    refused: ["../workers/domain/claim/claim.ts", "../sandbox/start.ts", "../test/run.ts", "hono", "node:fs"],
  },
  {
    room: "docs-site's pages",
    file: "docs-site/pages/planted.ts",
    allowed: ["./render.ts", "../monitoring/dashboard.ts", "../../networks/schema.ts", "marked", "node:fs"],
    refused: [
      "../../workers/domain/claim/claim.ts",
      "../../genesis/hash.ts",
      "../../test/run.ts",
      "altcha-lib",
      "hono",
    ],
  },
  {
    room: "docs-site's monitoring",
    file: "docs-site/monitoring/planted.ts",
    allowed: ["./dashboard.ts"],
    refused: ["../pages/facts.ts", "../../networks/schema.ts", "../../workers/main.ts", "node:fs", "zod"],
  },
  {
    room: "docs-site's build",
    file: "docs-site/build.js",
    allowed: ["./solver.js", "esbuild", "node:url"],
    refused: ["../workers/domain/claim/claim.ts", "../sandbox/start.ts", "../test/run.ts", "altcha-lib", "hono"],
  },
];

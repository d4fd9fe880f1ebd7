/// <reference types="@cloudflare/vitest-plugin/types" />

// biome-ignore lint/style/noNamespace: this is how @cloudflare/workers-types is told of the bindings.
declare namespace Cloudflare {
  /** What tests in workerd find in `env`: the Worker's bindings and what vitest.config.ts adds. */
  interface Env {
    readonly DB: D1Database;
    readonly DISPENSER: DurableObjectNamespace<import("../../workers/objects/dispenser.ts").Dispenser>;
    readonly CLIENT_LIMITS: DurableObjectNamespace<import("../../workers/objects/client-limits.ts").ClientLimits>;
    readonly CEREMONY_ROOM: DurableObjectNamespace<import("../../workers/objects/ceremony-room.ts").CeremonyRoom>;
    readonly TEST_MIGRATIONS: import("cloudflare:test").D1Migration[];
    /** Control server of the chains that test/support/sandbox-setup.ts started. */
    readonly SANDBOX_CONTROL: string;
    readonly FAUCET_MNEMONIC: string;
    readonly CHALLENGE_SECRET: string;
    readonly ADMIN_KEYS: string;
    readonly LOG_KEY: string;
    /** Stand-ins that test/support/sandbox-setup.ts started: see oidc-issuer.ts and turnstile-server.ts. */
    readonly OIDC_ISSUER: string;
    readonly TURNSTILE_SECRET: string;
    readonly TURNSTILE_VERIFY_URL: string;
    /** Nodes that answer, as JSON: see peers-setup.ts. */
    readonly PEERS: string;
    readonly NETWORKS: string;
    readonly NETWORK_FILES: string;
  }
  interface GlobalProps {
    readonly mainModule: typeof import("../../workers/main.ts");
  }
}

/// <reference types="@cloudflare/vitest-plugin/types" />

// biome-ignore lint/style/noNamespace: this is how @cloudflare/workers-types is told of the bindings.
declare namespace Cloudflare {
  /** What tests in workerd find in `env`: the Worker's bindings and what vitest.config.ts adds. */
  interface Env {
    readonly DB: D1Database;
    readonly DISPENSER: DurableObjectNamespace<import("../../workers/objects/dispenser.ts").Dispenser>;
    readonly TEST_MIGRATIONS: import("cloudflare:test").D1Migration[];
    /** RPC of the sandbox chain that test/support/sandbox-setup.ts started. */
    readonly SANDBOX_RPC: string;
  }
  interface GlobalProps {
    readonly mainModule: typeof import("../../workers/main.ts");
  }
}

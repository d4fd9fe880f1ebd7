import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RawWorkerd, startRawWorkerd } from "../../sandbox/raw-workerd.ts";
import { ceremonyNetwork, signUp } from "./ceremony-network.ts";
import { startDohServer } from "./doh-server.ts";
import { profileOf } from "./registrations.ts";

/** The deployed bundle in a bare workerd whose cron looks at nodes on this machine, under the name `here.dev`. */
export type LookedAtHouse = {
  readonly worker: RawWorkerd;
  /** An approved operator `name` with a node. */
  approve(name: string, nodeId: string, port: number): Promise<void>;
  /** Cron, as if everybody's last turn had been long ago. */
  look(): Promise<void>;
  /** What was seen, by operator. */
  seen(): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
};

/** Starts it for one network. */
export async function startLookedAtHouse(chainId: string): Promise<LookedAtHouse> {
  const stateDir = mkdtempSync(join(tmpdir(), "wellspring-looks-"));
  const names = await startDohServer({ "here.dev A": ["127.0.0.1"] });
  const networks = [{ ...ceremonyNetwork(chainId), ...signUp({ peerLooks: "any" }) }];
  const settings = { CHALLENGE_SECRET: "the challenge secret of tests, long enough", DNS_URL: names.url };
  const worker = await startRawWorkerd({ port: 0, networks, faucetMnemonic: "", stateDir, settings });
  return {
    worker,
    approve: async (name, nodeId, port) => {
      const profile = JSON.stringify(profileOf(0, { peer: `${nodeId}@here.dev:${port}` }));
      await worker.query(
        `INSERT INTO registrations VALUES ('${chainId}', '${name}', 'approved', '${profile}', 'tx', 2, '', NULL,
          'looks of ${name}', 'node of ${name}', NULL, 1, 1, NULL, 'act of ${name}')`,
      );
    },
    look: async () => {
      await worker.query("UPDATE peer_looks SET leased_at_ms = 1");
      await worker.scheduled();
    },
    seen: () => worker.query("SELECT operator, outcome, seen FROM peer_looks ORDER BY operator"),
    stop: async () => {
      await worker.stop();
      await names.stop();
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startRawWorkerd } from "../../sandbox/raw-workerd.ts";
import { ceremonyNetwork, signUp } from "../support/ceremony-network.ts";
import { startPeers } from "../support/peers-setup.ts";
import { profileOf } from "../support/registrations.ts";
import { cpuSeconds } from "./numbers.ts";

const [chain, minutes, perMinute] = ["peers-1", 50, 4];

/**
 * `npm run bench:peers`: CPU time that a look at a node takes in a bare workerd, all of its threads: minutes of cron
 * with four nodes due, less minutes of cron with none. The nodes answer on this machine, in another process.
 */
async function main(): Promise<void> {
  const stateDir = mkdtempSync(join(tmpdir(), "wellspring-looks-"));
  const peers = await startPeers();
  const { good } = JSON.parse(peers.settings.PEERS) as { good: { id: string; port: number } };
  const networks = [{ ...ceremonyNetwork(chain), ...signUp({ peerLooks: "any" }) }];
  const settings = { CHALLENGE_SECRET: "the challenge secret of tests, long enough", DNS_URL: peers.settings.DNS_URL };
  const worker = await startRawWorkerd({ port: 0, networks, faucetMnemonic: "", stateDir, settings });
  try {
    const cpuOf = async (what: () => Promise<void>, times: number) => {
      const before = await cpuSeconds(worker.pid);
      for (let at = 0; at < times; at += 1) await what();
      return ((await cpuSeconds(worker.pid)) - before) * 1000;
    };
    const profile = JSON.stringify(profileOf(0, { peer: `${good.id}@here.dev:${good.port}` }));
    for (let at = 0; at < perMinute; at += 1)
      await worker.query(
        `INSERT INTO registrations VALUES ('${chain}', 'o${at}', 'approved', '${profile}', 'tx', 2, '', NULL, 's${at}', 'n${at}', NULL, 1, 1, NULL, 'a${at}')`,
      );
    const due = () => worker.query("UPDATE peer_looks SET leased_at_ms = 1");
    const first = await cpuOf(() => worker.scheduled(), 1);
    const none = (await cpuOf(() => worker.scheduled(), minutes)) / minutes;
    const due4 = async () => {
      await due();
      await worker.scheduled();
    };
    await cpuOf(due4, minutes);
    const some = (await cpuOf(due4, minutes)) / minutes;
    const forgetting = (await cpuOf(async () => void (await due()), minutes)) / minutes;
    const seen = await worker.query("SELECT outcome, count(*) AS n FROM peer_looks GROUP BY outcome");
    console.log(JSON.stringify(seen));
    console.log(`first minute with ${perMinute} looks: ${first.toFixed(0)} ms, code compiled and loaded in it`);
    console.log(
      `a minute without a look: ${none.toFixed(1)} ms; with ${perMinute}: ${(some - forgetting).toFixed(1)} ms`,
    );
    console.log(`one look: ${((some - forgetting - none) / perMinute).toFixed(2)} ms`);
    await sleep(10);
  } finally {
    await worker.stop();
    await peers.stop();
    rmSync(stateDir, { recursive: true, force: true });
  }
}

await main();

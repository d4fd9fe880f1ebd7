import { startLookedAtHouse } from "../support/looked-at-house.ts";
import { startPeerNode } from "../support/peer-node.ts";
import { cpuSeconds } from "./numbers.ts";

const [minutes, perMinute] = [50, 4];

/**
 * `npm run bench:peers`: CPU time that a look at a node takes in a bare workerd, all of its threads: minutes of cron
 * with four nodes due, less minutes of cron with none. The node answers from another process of this machine.
 */
async function main(): Promise<void> {
  const node = await startPeerNode();
  const house = await startLookedAtHouse("peers-1");
  const { worker } = house;
  /** Milliseconds of one, on average. */
  const cpuOf = async (what: () => Promise<unknown>, times: number) => {
    const before = await cpuSeconds(worker.pid);
    for (let at = 0; at < times; at += 1) await what();
    return (((await cpuSeconds(worker.pid)) - before) * 1000) / times;
  };
  try {
    for (let at = 0; at < perMinute; at += 1) await house.approve(`o${at}`, node.id, node.port);
    const first = await cpuOf(() => worker.scheduled(), 1);
    const none = await cpuOf(() => worker.scheduled(), minutes);
    await cpuOf(house.look, minutes);
    const forgetting = await cpuOf(() => worker.query("UPDATE peer_looks SET leased_at_ms = 1"), minutes);
    const some = (await cpuOf(house.look, minutes)) - forgetting;
    console.log(JSON.stringify(await house.seen()));
    console.log(`the first minute with ${perMinute} looks: ${first.toFixed(0)} ms, loading and compiling in it`);
    console.log(`later ones: ${some.toFixed(1)} ms; without a look: ${none.toFixed(1)} ms`);
    console.log(`one look: ${((some - none) / perMinute).toFixed(2)} ms`);
  } finally {
    await house.stop();
    await node.stop();
  }
}

await main();

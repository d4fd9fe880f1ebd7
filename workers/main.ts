import type { Env } from "./env.ts";
import { runCanaries } from "./jobs/canaries.ts";
import { lookAtNodes } from "./jobs/peers.ts";
import { pokeObjects } from "./jobs/poke.ts";
import { CeremonyRoom } from "./objects/ceremony-room.ts";
import { ClientLimits } from "./objects/client-limits.ts";
import { Dispenser } from "./objects/dispenser.ts";
import { createApp } from "./routes/app.ts";
import { logTo, openHouse, pageOf } from "./wiring.ts";

const app = createApp({ open: openHouse, page: pageOf, nowMs: () => Date.now(), log: logTo("") });

export { CeremonyRoom, ClientLimits, Dispenser };

/** The Worker: requests go to the routes, cron pokes every dispenser and ceremony and claims for canaries. */
export default {
  fetch: app.fetch,
  async scheduled(_controller, env): Promise<void> {
    const log = logTo("");
    const opened = openHouse(env);
    if (!opened.ok) {
      log("config_invalid", { faults: JSON.stringify(opened.faults).slice(0, 1000) });
      return;
    }
    const [pokes, canaries] = await Promise.all([pokeObjects(opened.house), runCanaries(opened.house)]);
    for (const { chainId, error } of pokes) log("poke_failed", { chainId, error });
    for (const { chainId, error } of canaries) log("canary_not_run", { chainId, error });
    // Last: should looking at others' nodes use up the time that is granted, the rest was done.
    for (const { chainId, error } of await lookAtNodes(opened.house)) log("peers_not_looked_at", { chainId, error });
  },
} satisfies ExportedHandler<Env>;

import { abortAllDurableObjects, applyD1Migrations, listDurableObjectIds, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterAll } from "vitest";

await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);

// A dispenser with an open claim keeps itself going by its alarm, as it should; the runner would wait for it for ever.
afterAll(async () => {
  for (const id of await listDurableObjectIds(env.DISPENSER)) {
    await runInDurableObject(env.DISPENSER.get(id), (_object, state) => state.storage.deleteAlarm());
  }
  await abortAllDurableObjects();
});

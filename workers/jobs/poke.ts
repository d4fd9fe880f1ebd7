import type { House } from "../domain/network/served.ts";

/**
 * Cron's minute: every dispenser and every ceremony makes sure that its alarm is armed, so that a lost alarm costs a
 * minute; a dispenser looks at its chain as well, so that readiness stays fresh. One that fails does not keep the
 * others from it.
 */
export async function pokeObjects(house: House): Promise<{ readonly chainId: string; readonly error: string }[]> {
  const pokes = house.networks.flatMap(({ facts, dispenser, ceremony }) => {
    const rooms = ceremony.kind === "open" ? [ceremony.room] : [];
    // Before its launch a chain can't be seen; its faucet is off, and nothing waits for it.
    const objects = facts.faucet.enabled || rooms.length === 0 ? [dispenser, ...rooms] : rooms;
    return objects.map(async (object) => {
      try {
        await object.poke();
        return [];
      } catch (error) {
        return [{ chainId: facts.chainId, error: String(error).slice(0, 300) }];
      }
    });
  });
  return (await Promise.all(pokes)).flat();
}

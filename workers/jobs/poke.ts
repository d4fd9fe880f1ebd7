import type { House } from "../domain/network/served.ts";

/**
 * Cron's minute: every dispenser makes sure that its alarm is armed and looks at its chain, so that a lost alarm
 * costs a minute and readiness stays fresh. One that fails does not keep the others from it.
 */
export async function pokeDispensers(house: House): Promise<{ readonly chainId: string; readonly error: string }[]> {
  const pokes = house.networks.map(async ({ facts, dispenser }) => {
    try {
      await dispenser.poke();
      return [];
    } catch (error) {
      return [{ chainId: facts.chainId, error: String(error).slice(0, 300) }];
    }
  });
  return (await Promise.all(pokes)).flat();
}

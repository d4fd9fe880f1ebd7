import { CREDENTIALS, type SimCredential } from "./credentials.ts";
import { BLOCKED } from "./sim-chain.ts";
import type { World } from "./world.ts";

const TRIES_MAX = 8;
const PATIENCE_MS = 2_000;

/** People who want tokens, some of them twice at once, and sometimes one whom the chain refuses to pay. */
export class Clients {
  /** How many still wait for an answer. */
  open = 0;
  readonly #world: World;

  constructor(world: World, stormMs: number) {
    this.#world = world;
    const { random } = world;
    const people = Array.from({ length: random.between(3, 7) }, (_, index) => `person${index}`);
    if (random.chance(0.4)) people.push(`${BLOCKED}0`);
    const claims = random.between(6, 16);
    for (let count = 0; count < claims; count += 1) {
      const [person, atMs] = [random.pick(people), random.between(0, stormMs)];
      // By turns, and not by chance: the seeds of before stay what they were.
      const credential = CREDENTIALS[count % (CREDENTIALS.length * 2)] ?? null;
      this.#plan(person, `c${count}`, atMs, credential);
      if (random.chance(0.3)) this.#plan(person, `t${count}`, atMs + random.between(0, 300), credential);
    }
  }

  #plan(person: string, id: string, atMs: number, credential: SimCredential | null): void {
    this.open += 1;
    this.#world.timeline.after(atMs, () => void this.#ask(person, id, credential));
  }

  /** Asks until there is an answer, always under the same id: the first answer may have been lost on the way. */
  async #ask(address: string, id: string, credential: SimCredential | null): Promise<void> {
    const { timeline, random } = this.#world;
    for (let tries = 0; tries < TRIES_MAX; tries += 1) {
      const asked = this.#world.claim(address, id, credential).then(
        () => true,
        () => false,
      );
      const late = timeline.sleep(PATIENCE_MS).then(() => false);
      if (await Promise.race([asked, late])) break;
      await timeline.sleep(random.between(50, 800));
    }
    this.open -= 1;
  }
}

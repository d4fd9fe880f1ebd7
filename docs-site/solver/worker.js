import { scrypt } from "@noble/hashes/scrypt.js";
import { solveChallenge } from "altcha-lib";

/** So often the page hears how far it is. */
const tellMs = 100;

/**
 * One of several Web Workers on a puzzle. In: `{challenge, counterStart, counterStep}`. Out: `{tried}`, the
 * derivations since the last word, and at last `{solution}` or `{error}`. The page ends it when another was faster.
 */
self.onmessage = async ({ data: { challenge, counterStart, counterStep } }) => {
  let [tried, toldMs] = [0, performance.now()];
  const deriveKey = async ({ cost, memoryCost, parallelism, keyLength }, salt, password) => {
    const derivedKey = scrypt(password, salt, { N: cost, r: memoryCost, p: parallelism, dkLen: keyLength });
    tried += 1;
    if (performance.now() - toldMs >= tellMs) {
      self.postMessage({ tried });
      [tried, toldMs] = [0, performance.now()];
    }
    return { derivedKey };
  };
  try {
    const options = { challenge, counterStart, counterStep, deriveKey, timeout: 0 };
    self.postMessage({ solution: await solveChallenge(options) });
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
};

import { type ChainDriver, ChainUnreachable } from "../domain/chain/driver.ts";

/**
 * Stands in where a network has no key: it has no address and asks nothing of the chain, so that stored claims can
 * still be read. Nothing may be signed with it.
 */
export function keylessDriver(): ChainDriver {
  const no = () => Promise.reject(new ChainUnreachable("this network's faucet has no key"));
  return {
    signer: "",
    paymentsMax: 1,
    reservations: {
      next: (used) => used,
      after: (_used, reserves) => reserves,
      latest: (_a, b) => b,
      explains: () => false,
      spent: () => false,
      compare: () => 0,
    },
    tip: no,
    pointAt: no,
    standing: no,
    balance: no,
    prepare: no,
    submit: no,
    walk: no,
    outcome: no,
  };
}

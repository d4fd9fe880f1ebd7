import { profileSchema } from "../../../genesis/validator/content.ts";
import type { NetworkFacts } from "../../../workers/domain/network/served.ts";
import type { Evidence } from "../../../workers/domain/validator/checklist.ts";
import type { Directory, RegistrationStore } from "../../../workers/domain/validator/ports.ts";
import type { Registration } from "../../../workers/domain/validator/registration.ts";
import { account } from "../../genesis/gentxs.ts";
import { profileOf } from "../../support/registrations.ts";

const unused = (): never => {
  throw new Error("not asked here");
};
const store: RegistrationStore = {
  ...{ register: unused, amend: unused, withdraw: unused, review: unused, noteGrant: unused, contact: unused },
  ...{ eraseContact: unused, one: unused, page: unused, known: unused, clashes: unused, audit: unused },
};

/** A directory whose store and chain are not asked. */
export function directoryOf(changes: Partial<Directory> = {}): Directory {
  return {
    chainId: "paw-test-1",
    prefix: "paw",
    denom: "upaw",
    origin: "wellspring/paw-test-1",
    secret: new Uint8Array(32),
    allowlist: null,
    writesPerDay: 0,
    pendingMax: 10,
    faucetGrant: true,
    binary: {
      name: "simd",
      home: ".simd",
      gentx: "genesis gentx",
      createValidator: "file",
      unjail: true,
      peerInMemo: true,
      source: null,
      stake: "1000000",
      lateStake: "500000",
    },
    gasPrice: { denom: "upaw", milliAmount: 25 },
    coinType: 118,
    store,
    looks: null,
    chain: { look: unused },
    room: null,
    nowMs: () => 0,
    newId: () => "an-act",
    ...changes,
  };
}

/** PAW's own binary, by its network file. */
export const pawd: Directory["binary"] = {
  ...directoryOf().binary,
  ...{ name: "pawd", home: ".paw", unjail: false, peerInMemo: false },
  gentx: "gentx",
};

/** A registration of operator 0, with changes. */
export function registrationOf(changes: Partial<Registration> = {}): Registration {
  return {
    operator: account(0),
    state: "approved",
    profile: profileSchema.parse(profileOf(0)),
    proof: "adr036",
    rev: 2,
    reason: "",
    allocation: null,
    createdAtMs: 0,
    changedAtMs: 0,
    grantedAtMs: null,
    ...changes,
  };
}

/** Nothing is known of an operator, with changes. */
export function evidenceOf(changes: Partial<Evidence> = {}): Evidence {
  const chain = { bonded: null, jailed: null, signed: null, account: null };
  const nothing = { registration: null, view: null, readiness: null, balance: null, look: null };
  return { asked: true, ...nothing, chain, ...changes };
}

/** A network's facts, with changes. */
export function factsOf(changes: Partial<NetworkFacts> = {}): NetworkFacts {
  return {
    chainId: "paw-test-1",
    name: "PAW",
    driver: "cosmos",
    bech32Prefix: "paw",
    denoms: [
      { denom: "upaw", display: "PAW", exponent: 6 },
      { denom: "ticket", display: "ticket", exponent: 0 },
    ],
    explorer: { tx: "https://scan.example/tx/{txHash}" },
    ceremony: true,
    validators: true,
    community: [],
    wallet: {
      rpc: "https://rpc.example",
      rest: "https://rest.example",
      coinType: 118,
      gasPrice: { denom: "upaw", milliAmount: 25 },
    },
    faucet: {
      enabled: true,
      ...{ drips: [], cooldownMs: 0, queueMax: 1, recipientCap: [], hosts: [] },
      dialects: { cosmjs: true, ignite: true, paw: true, pingpub: true },
      credentials: { key: true, code: true },
    },
    ...changes,
  };
}

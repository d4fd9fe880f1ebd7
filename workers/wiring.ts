import type { Network } from "../networks/schema.ts";
import { HashedAdminKeys } from "./access/admin-keys.ts";
import { AltchaChallenges } from "./access/altcha-challenges.ts";
import { GithubOidc } from "./access/github-oidc.ts";
import { hashSecret, newSecret } from "./access/grant-secrets.ts";
import { Adr036Proofs } from "./access/signature-proofs.ts";
import { Turnstile } from "./access/turnstile.ts";
import { ceremonyDoor } from "./ceremony-wiring.ts";
import { addressReader, chainEyes, openDriver } from "./chains/registry.ts";
import { claimIdOf } from "./claim-id.ts";
import { type Config, mnemonicSecret, readConfig } from "./config.ts";
import { dispenserClient, keptEpoch } from "./dispenser-client.ts";
import type { ChallengePolicy } from "./domain/access/challenge.ts";
import type { ClientLimiter } from "./domain/access/client.ts";
import type { AdminDoor } from "./domain/admin/authorize.ts";
import type { CanaryPlan } from "./domain/claim/canary.ts";
import type { DispenserApi } from "./domain/claim/dispenser-api.ts";
import type { DispenserPolicy, DispenserPorts, Log } from "./domain/claim/ports.ts";
import type { House, NetworkFacts, Opened, Proofs, ServedNetwork } from "./domain/network/served.ts";
import type { Coin } from "./domain/shared/coin.ts";
import type { ChainEyes } from "./domain/status/network-status.ts";
import type { Env } from "./env.ts";
import { kept } from "./kept.ts";
import { EmbeddedLimiter } from "./limits/embedded-limiter.ts";
import { FallbackLimiter } from "./limits/fallback-limiter.ts";
import { UpstashLimiter } from "./limits/upstash-limiter.ts";
import { newId } from "./new-id.ts";
import { RefusalTally } from "./refusal-tally.ts";
import { D1ClaimHistory } from "./store/claim-history-d1.ts";
import { D1ClaimStats } from "./store/claim-stats-d1.ts";
import { SqliteClientCounts } from "./store/client-counts-sqlite.ts";
import { SqliteDispenserStore } from "./store/dispenser-sqlite.ts";
import { D1ReadModel } from "./store/read-model-d1.ts";
import { allowWidget } from "./turnstile-policy.ts";
import { directoryDoor } from "./validator-wiring.ts";
import { StandardWebhook } from "./webhooks/standard-webhook.ts";

/** Structured log lines on the console. `chainId` "" stands for the Worker as a whole. */
export function logTo(chainId: string): Log {
  const of = chainId === "" ? {} : { chainId };
  return (event, fields) => console.log(JSON.stringify({ ts: new Date().toISOString(), event, ...of, ...fields }));
}

/** Opens the house that the routes and cron are given. Settings don't change within an isolate: parsed once. */
export function openHouse(env: object): Opened {
  const known = opened.get(env);
  if (known) return known;
  const answer = open(env as Env & Record<string, unknown>);
  opened.set(env, answer);
  return answer;
}

const opened = new WeakMap<object, Opened>();

function open(env: Env & Record<string, unknown>): Opened {
  const read = readConfig(env);
  if (!read.ok) return read;
  const { networks, deploymentId } = read.config;
  const tallies: RefusalTally[] = [];
  const served = networks.map((network): ServedNetwork => {
    const { chainId } = network;
    const dispenser = dispenserClient((): DispenserApi => env.DISPENSER.getByName(chainId));
    const tally = new RefusalTally(dispenser, () => Date.now());
    const ceremony = ceremonyDoor(env, read.config, network);
    tallies.push(tally);
    return {
      facts: factsOf(network),
      readAddress: addressReader(network),
      challenge: challengeOf(env, read.config, network),
      proofs: proofsOf(env, read.config, network, logTo(chainId)),
      dispenser,
      epoch: keptEpoch(dispenser, () => Date.now()),
      limiter: limiterOf(env, read.config, chainId, logTo(chainId)),
      clientCaps: network.faucet.limits.client,
      challengesPerDay: network.faucet.limits.challengesPerDay,
      hashSecret,
      newSecret,
      refused: (code) => tally.count(code),
      canary: canaryOf(network),
      eyes: eyesOf(network),
      ceremony,
      directory: directoryDoor(env, read.config, network, ceremony, challengeSecret(env), logTo(chainId)),
      nowMs: () => Date.now(),
      history: new D1ClaimHistory(env.DB, chainId),
      stats: new D1ClaimStats(env.DB, chainId),
    };
  });
  const newClaimId = async (chainId: string, key: string | null) =>
    key === null ? crypto.randomUUID() : claimIdOf(deploymentId, chainId, key);
  const house: House = {
    networks: served,
    nowMs: () => Date.now(),
    newClaimId,
    afterwards: () => tallies.flatMap((tally) => tally.tell()),
    metricsOpen: read.config.metricsOpen,
    admin: adminDoorOf(env, read.config),
  };
  return { ok: true, house };
}

/** Wrong keys are counted like claims, under a name that no chain has: a chain id holds no colon. */
function adminDoorOf(env: Env, config: Config): AdminDoor {
  const log = logTo("");
  return {
    keys: new HashedAdminKeys(config.adminKeys),
    tries: limiterOf(env, config, "admin:tries", log),
    newTryId: () => crypto.randomUUID(),
    nowMs: () => Date.now(),
    log,
  };
}

/** How long an isolate shows what it saw of a chain. */
const lookKeptMs = 3_000;

function eyesOf(network: Network): ChainEyes {
  const eyes = chainEyes(network);
  return {
    look: kept(
      () => eyes.look(),
      lookKeptMs,
      () => Date.now(),
    ),
    block: (height) => eyes.block(height),
    transaction: (hash) => eyes.transaction(hash),
    account: (address) => eyes.account(address),
  };
}

/** The static site's answer to a request; null where this deployment has no site, as on a bare workerd. */
export function pageOf(env: object, request: Request): Promise<Response> | null {
  const { ASSETS } = env as Partial<Env>;
  if (ASSETS === undefined) return null;
  const house = openHouse(env);
  const { pathname } = new URL(request.url);
  const widget =
    pathname === "/faucet/" && house.ok && house.house.networks.some(({ challenge }) => challenge.kind === "turnstile");
  return widget ? ASSETS.fetch(request).then(allowWidget) : ASSETS.fetch(request);
}

/** Without its secret a challenge could be made by nobody, or everybody: then the network is closed and says what to set. */
function challengeOf(env: Record<string, unknown>, config: Config, { chainId, faucet }: Network): ChallengePolicy {
  const unset = (name: string, what: string): ChallengePolicy => {
    const detail = `The faucet of ${chainId} asks for a challenge (faucet.challenge), and the secret ${name} is not set${what}.`;
    return { kind: "unset", detail };
  };
  switch (faucet.challenge) {
    case "none":
      return { kind: "none" };
    case "turnstile": {
      const { turnstile } = faucet;
      if (turnstile === null || config.turnstile.secret === "") return unset("TURNSTILE_SECRET", "");
      return { kind: "turnstile", siteKey: turnstile.siteKey };
    }
    case "pow": {
      const secret = challengeSecret(env);
      if (secret === null) return unset("CHALLENGE_SECRET", " to 32 random characters or more");
      return { kind: "pow", challenges: new AltchaChallenges(secret), triesBase: faucet.challengeTries };
    }
  }
}

/** What checks the proofs that a network takes. Where its secret is missing, a proof is not taken. */
function proofsOf(
  env: Record<string, unknown>,
  { turnstile: { secret: turnstileSecret, verifyUrl } }: Config,
  { chainId, bech32Prefix, faucet }: Network,
  log: Log,
): Proofs {
  const { turnstile, credentials } = faucet;
  const secret = challengeSecret(env);
  const widget = { chainId, secret: turnstileSecret, hostnames: turnstile?.hostnames ?? [], verifyUrl };
  return {
    signature: credentials.signature && secret !== null ? new Adr036Proofs(secret, bech32Prefix, "claim") : null,
    oidc: credentials.oidc === null ? null : new GithubOidc(credentials.oidc),
    turnstile: turnstile === null || turnstileSecret === "" ? null : new Turnstile(widget, log),
  };
}

function challengeSecret({ CHALLENGE_SECRET: secret }: Record<string, unknown>): string | null {
  return typeof secret === "string" && secret.length >= 32 ? secret : null;
}

/** How long a claim waits for Upstash before its client is counted here. */
const upstashTimeoutMs = 2_000;

/** Counts a network's clients: in Upstash Redis where it is set, in our own objects otherwise and when it fails. */
function limiterOf(env: Env, { deploymentId, upstash }: Config, chainId: string, log: Log): ClientLimiter {
  const embedded = new EmbeddedLimiter(chainId, (name) => env.CLIENT_LIMITS.getByName(name), log);
  if (upstash === null) return embedded;
  const scope = `wellspring:${deploymentId}:${chainId}`;
  const first = new UpstashLimiter({ ...upstash, scope, timeoutMs: upstashTimeoutMs }, log);
  return new FallbackLimiter(first, embedded, log);
}

/** The rows of one of the objects that count clients. */
export function openClientCounts(storage: DurableObjectStorage): SqliteClientCounts {
  return new SqliteClientCounts(storage);
}

/** What one network's dispenser runs on. `disabled` says why it must not sign, and what to set; null: it may. */
export type OpenedPorts = {
  readonly ports: DispenserPorts;
  readonly policy: DispenserPolicy;
  readonly limiter: ClientLimiter;
  readonly disabled: string | null;
};

/** Builds a dispenser's ports in its Durable Object. Throws on an invalid configuration. */
export async function openDispenserPorts(
  env: Env,
  chainId: string,
  storage: DurableObjectStorage,
  { log, onChange }: Pick<DispenserPorts, "log" | "onChange">,
): Promise<OpenedPorts> {
  const read = readConfig(env as Env & Record<string, unknown>);
  if (!read.ok) throw new Error(read.faults.map(({ path, message }) => `${path}: ${message}`).join("; "));
  const network = read.config.networks.find((one) => one.chainId === chainId);
  if (!network) throw new Error(`no network ${chainId} is configured`);
  const nowMs = () => Date.now();
  const { driver, disabled } = await driverOf(env as Env & Record<string, unknown>, network, nowMs, log);
  const store = new SqliteDispenserStore(storage, read.config.generation, nowMs());
  const readModel = new D1ReadModel(env.DB, chainId);
  const { webhook: receiver } = read.config;
  const webhook = receiver && new StandardWebhook(receiver.url, receiver.secret, nowMs);
  const ports = { store, driver, readModel, nowMs, newId, log, onChange, webhook };
  const limiter = limiterOf(env, read.config, chainId, log);
  return { ports, policy: policyOf(read.config, network, disabled === null), limiter, disabled };
}

async function driverOf(env: Record<string, unknown>, network: Network, nowMs: () => number, log: Log) {
  const own = mnemonicSecret(network.chainId);
  const secret = env[own] ?? env.FAUCET_MNEMONIC;
  const disabled = async (what: string) => ({
    driver: await openDriver(network, null, nowMs, log),
    disabled: `The faucet of ${network.chainId} ${what}. Set the secret FAUCET_MNEMONIC, or ${own} for this network alone.`,
  });
  if (typeof secret !== "string" || secret.trim() === "") return disabled("has no key");
  try {
    return { driver: await openDriver(network, secret.trim(), nowMs, log), disabled: null };
  } catch {
    // The error is dropped whole: it might quote the secret.
    return disabled("has a key that is not a mnemonic");
  }
}

function policyOf(
  { deploymentId, generation }: Config,
  { chainId, cosmos, faucet }: Network,
  maySign: boolean,
): DispenserPolicy {
  const feeMost = (BigInt(cosmos.tx.gasMax) * BigInt(cosmos.gasPrice.milliAmount) + 999n) / 1000n;
  return {
    chainId,
    deployment: deploymentId,
    generation,
    maySign,
    drips: coins(faucet.drips),
    cooldownMs: faucet.cooldownSeconds * 1000,
    hourlyBudget: faucet.limits.hourlyBudget,
    dialectBudget: Math.ceil((faucet.limits.hourlyBudget * faucet.limits.dialectPercent) / 100),
    openBudget: Math.ceil((faucet.limits.hourlyBudget * faucet.limits.openPercent) / 100),
    signaturePerDay: faucet.limits.credentials.signaturePerDay,
    oidcPerDay: faucet.limits.credentials.oidcPerDay,
    recipientCap: coins(faucet.recipientCap),
    topUp: faucet.topUp,
    queueMax: faucet.queueMax,
    inFlightMax: faucet.inFlightMax,
    timeoutBlocksMin: faucet.timeoutBlocksMin,
    timeoutMsMin: faucet.timeoutSecondsMin * 1000,
    balanceLow: coins(faucet.balanceLow),
    feeReserve: [{ denom: cosmos.gasPrice.denom, amount: feeMost }],
  };
}

function canaryOf({ faucet: { canary } }: Network): CanaryPlan | null {
  if (!canary) return null;
  return { address: canary.address, everyMs: canary.everyMinutes * 60_000, slowMs: canary.slowSeconds * 1000 };
}

function factsOf({ chainId, name, driver, bech32Prefix, denoms, faucet, cosmos, ...more }: Network): NetworkFacts {
  const { enabled, cooldownSeconds, queueMax, dialects, hosts } = faucet;
  const credentials = { key: faucet.credentials.key, code: faucet.credentials.code };
  const [drips, recipientCap] = [coins(faucet.drips), coins(faucet.recipientCap)];
  const facts = {
    enabled,
    drips,
    cooldownMs: cooldownSeconds * 1000,
    queueMax,
    recipientCap,
    dialects,
    credentials,
    hosts,
  };
  const { coinType, gasPrice } = cosmos;
  const wallet = more.wallet === undefined ? null : { ...more.wallet, coinType, gasPrice };
  const [explorer, ceremony] = [more.explorer ?? null, more.ceremony !== undefined];
  const { community } = more;
  const validators = more.validators !== undefined;
  const held = { explorer, ceremony, validators, community, wallet };
  return { chainId, name, driver, bech32Prefix, denoms, ...held, faucet: facts };
}

function coins(list: readonly { readonly denom: string; readonly amount: string }[]): Coin[] {
  return list.map(({ denom, amount }) => ({ denom, amount: BigInt(amount) }));
}

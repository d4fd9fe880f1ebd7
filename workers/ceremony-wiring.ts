import { nonceSecret } from "../genesis/attest/nonce.ts";
import { assembleParts } from "../genesis/ceremony/assemble-parts.ts";
import { fromBase64 } from "../genesis/log/bytes.ts";
import { signerKey } from "../genesis/log/key.ts";
import type { Network } from "../networks/schema.ts";
import { ceremonyClient } from "./ceremony-client.ts";
import { ceremonyParameters } from "./ceremony-parameters.ts";
import { CosmosLaunch } from "./chains/cosmos/launch.ts";
import { type Config, readConfig } from "./config.ts";
import type { CeremonyDoor } from "./domain/ceremony/door.ts";
import { CeremonyRoom } from "./domain/ceremony/room.ts";
import type { Log } from "./domain/claim/ports.ts";
import type { Env } from "./env.ts";
import { kept } from "./kept.ts";
import { newId } from "./new-id.ts";
import { SqliteCeremonyStore } from "./store/ceremony-sqlite.ts";
import { ObjectContents } from "./store/contents.ts";

/** How a network's ceremony is asked, or why it can't be. */
export function ceremonyDoor(env: Env, { logKey }: Config, { chainId, ceremony, cosmos }: Network): CeremonyDoor {
  if (ceremony === undefined) return { kind: "none" };
  if (logKey === "") {
    const detail = `The ceremony of ${chainId} has no key to sign its log with. Set the secret LOG_KEY: npm run -s genesis -- new-log-key makes one.`;
    return { kind: "closed", detail };
  }
  const room = ceremonyClient(() => env.CEREMONY_ROOM.getByName(chainId));
  const launch = new CosmosLaunch(chainId, cosmos.rpc);
  const eyes = {
    look: kept(
      () => launch.look(),
      lookKeptMs,
      () => Date.now(),
    ),
  };
  return { kind: "open", room, gentxsPerDay: ceremony.gentxsPerDay, eyes };
}

/** How long an isolate shows what it saw: thousands watch a launch, and the endpoints serve its validators. */
const lookKeptMs = 3_000;

/** Builds a ceremony in its Durable Object. Throws on an invalid configuration. */
export function openCeremonyRoom(env: Env, chainId: string, storage: DurableObjectStorage, log: Log): CeremonyRoom {
  const read = readConfig(env as Env & Record<string, unknown>);
  if (!read.ok) throw new Error(read.faults.map(({ path, message }) => `${path}: ${message}`).join("; "));
  const { networks, logKey, deploymentId } = read.config;
  const network = networks.find((one) => one.chainId === chainId);
  const parameters = network && ceremonyParameters(network);
  const seed = logKey === "" ? null : fromBase64(logKey);
  if (!parameters || seed === null) throw new Error(`no ceremony of ${chainId} is configured`);
  const nowMs = () => Date.now();
  const store = new SqliteCeremonyStore(storage, nowMs());
  const ports = {
    store,
    words: { attestSecret: nonceSecret(seed), dissents: store.dissents },
    contents: new ObjectContents(storage, env.FILES ?? null, `ceremony/${chainId}`),
    key: signerKey(`${deploymentId}/${chainId}`, seed),
    assemble: assembleParts,
    nowMs,
    newId,
    log,
  };
  return new CeremonyRoom(ports, { parameters });
}

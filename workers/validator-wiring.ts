import { registrationSecret } from "../genesis/validator/nonce.ts";
import type { Network } from "../networks/schema.ts";
import { bondDenomOf, lateStakeOf } from "../networks/stake.ts";
import { peerDialer, validatorChain } from "./chains/registry.ts";
import type { Config } from "./config.ts";
import type { CeremonyDoor } from "./domain/ceremony/door.ts";
import type { Log } from "./domain/claim/ports.ts";
import type { BinaryForms } from "./domain/validator/binary.ts";
import type { PeerWatch } from "./domain/validator/look-at-peers.ts";
import type { DirectoryDoor } from "./domain/validator/ports.ts";
import type { Env } from "./env.ts";
import { DohResolver } from "./names/doh.ts";
import { newId } from "./new-id.ts";
import { D1PeerLooks } from "./store/peer-looks-d1.ts";
import { D1Registrations } from "./store/registrations-d1.ts";

/** How a network's directory of validators is asked, or why it can't be. `secret`: CHALLENGE_SECRET, when it is set. */
export function directoryDoor(
  env: Env,
  config: Config,
  network: Network,
  ceremony: CeremonyDoor,
  secret: string | null,
  log: Log,
): DirectoryDoor {
  const { chainId, bech32Prefix: prefix, cosmos, node, validators } = network;
  if (validators === undefined || node === undefined) return { kind: "none" };
  if (secret === null) {
    const detail = `Validators of ${chainId} can't sign up: the secret CHALLENGE_SECRET is not set to 32 random characters or more.`;
    return { kind: "closed", detail };
  }
  const { intake, allowlist, writesPerDay, pendingMax, faucetGrant } = validators;
  const nowMs = () => Date.now();
  const watch = watchOf(env, config, network, log);
  const directory = {
    chainId,
    prefix,
    denom: bondDenomOf(network),
    origin: `${config.deploymentId}/${chainId}`,
    secret: registrationSecret(secret),
    allowlist: intake === "allowlist" ? new Set(allowlist) : null,
    writesPerDay,
    pendingMax,
    faucetGrant,
    binary: formsOf(node, network),
    gasPrice: cosmos.gasPrice,
    coinType: cosmos.coinType,
    store: new D1Registrations(env.DB, chainId),
    looks: watch?.looks ?? null,
    chain: validatorChain(network, nowMs),
    room: ceremony.kind === "open" ? ceremony.room : null,
    nowMs,
    newId,
  };
  return { kind: "open", directory, watch };
}

function watchOf(env: Env, { dnsUrl }: Config, network: Network, log: Log): PeerWatch | null {
  const peerLooks = network.validators?.peerLooks ?? "off";
  if (peerLooks === "off") return null;
  return {
    chainId: network.chainId,
    anywhere: peerLooks === "any",
    looks: new D1PeerLooks(env.DB, network.chainId),
    names: new DohResolver(dnsUrl),
    dialer: peerDialer(network),
    nowMs: () => Date.now(),
    log,
  };
}

/** The program as commands are made of it: `~/` is what a shell's `"$HOME"` stands for. */
function formsOf({ binary, home, commands, ...node }: NonNullable<Network["node"]>, network: Network): BinaryForms {
  return {
    name: binary,
    home: home.slice(2),
    gentx: commands === "top-level" ? "gentx" : "genesis gentx",
    createValidator: node.createValidator,
    unjail: node.unjail,
    peerInMemo: node.gentxPeer === "memo",
    source: node.source ?? null,
    stake: node.stake,
    lateStake: lateStakeOf(network, node.stake),
  };
}

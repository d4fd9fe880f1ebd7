import { readPeer } from "../../../genesis/gentx/peer.ts";
import { proofChainId } from "../../../genesis/proof/signed-tx.ts";
import type { PeerOutcome } from "./peer-look.ts";
import type { Directory } from "./ports.ts";
import type { OperatorProfile } from "./registration.ts";
import { quoted } from "./shell.ts";

/** What commands are made of. `site`: where this deployment is reached. `amount`: the stake, in base units. */
export type CommandFacts = {
  readonly directory: Pick<Directory, "chainId" | "denom" | "binary" | "gasPrice">;
  readonly site: string;
  readonly operator: string;
  readonly profile: OperatorProfile | null;
  readonly amount: string;
};

/** A checkout of this project, and its genesis tool: paths are whole, since npm changes the folder. */
const genesisTool = `npm --prefix "\${WELLSPRING:-.}" run -s genesis --`;

const network = ({ site, directory }: CommandFacts) => `${site}/api/v1/networks/${directory.chainId}`;
const key = '"$KEY"';
/** Where that key lies, for who has set it as the guides do. One word, so that every shell leaves it out when unset. */
const keyring = `\${KEYRING:+--keyring-backend="$KEYRING"}`;
/** A refusal is shown, with its reason. */
const post = "curl --fail-with-body -sS";

/** From a file `validator.json` ({"profile": …, "contact": …}) to a registration, with the chain's own binary. */
export function registerCommand(facts: CommandFacts): string {
  const { operator } = facts;
  const base = `${network(facts)}/validators`;
  return [
    '# validator.json is what you say of yourself: {"profile": {"moniker": "…"}}. The guide by script has a whole one.',
    `jq '{action: "register", operator: "${operator}", content: .}' validator.json |`,
    `  ${post} -d @- ${quoted(`${base}/challenges`)} | jq -r .word > word.txt`,
    ...signingLines(facts, "$(cat word.txt)"),
    `jq --rawfile tx signed.json '{operator: "${operator}", content: ., proof: {kind: "tx", tx: $tx}}' validator.json |`,
    `  ${post} -d @- ${quoted(base)}`,
  ].join("\n");
}

/** A registration by the gentx that stands in the ceremony. */
export function registerByGentxCommand(facts: CommandFacts): string {
  const body = JSON.stringify({ operator: facts.operator, proof: { kind: "gentx" } });
  return `${post} -d ${quoted(body)} ${quoted(`${network(facts)}/validators`)}`;
}

/**
 * Makes the gentx by this network's binary and hands it in. The binary signs one only for an account that the genesis
 * on the machine knows, which is a draft and is replaced at launch: the account is put into it first.
 */
export function gentxCommand(facts: CommandFacts): string {
  const { directory, operator, profile, amount } = facts;
  const { name, home, gentx, peerInMemo } = directory.binary;
  const addAccount = gentx.replace("gentx", "add-genesis-account");
  const words = [`${name} ${gentx} ${key} ${amount}${directory.denom}`, `--chain-id ${quoted(directory.chainId)}`];
  const flags = [...flagsOf(profile), ...(peerInMemo ? peerFlags(profile) : [])];
  const made = `"$HOME"/${home}/config/gentx/*.json`;
  return [
    `${name} ${addAccount} ${operator} ${amount}${directory.denom} ||`,
    '  echo "The draft on this machine knows the account already."',
    [...words, ...flags, keyring].join(" "),
    `cat "$(ls -t ${made} | head -n 1)" |`,
    `  ${post} --data-binary @- ${quoted(`${network(facts)}/ceremony/gentxs`)}`,
  ].join("\n");
}

/** Takes the sealed genesis and attests it: a line that only who has the file can make, signed and handed in. */
export function attestCommand(facts: CommandFacts): string {
  const { name, home } = facts.directory.binary;
  const base = `${network(facts)}/ceremony`;
  return [
    `curl -fsS ${quoted(`${base}/genesis.json`)} -o genesis.json &&`,
    `curl -fsS ${quoted(`${base}/genesis.sha256`)} | sha256sum --check - &&`,
    `cp genesis.json "$HOME"/${home}/config/genesis.json &&`,
    `${challengeLine(facts)} &&`,
    `LINE="$(${genesisTool} attest-word --challenge "$PWD/challenge.json" \\`,
    `  --genesis "$HOME"/${home}/config/genesis.json --node-id "$(${name} tendermint show-node-id)")" &&`,
    signingLines(facts, "$LINE").join(" &&\n"),
    `jq -Rs '{v: 1, proof: "tx", tx: .}' signed.json |`,
    `  ${post} -d @- ${quoted(`${base}/attestations/${facts.operator}`)}`,
  ].join("\n");
}

/** What a node says when it took the genesis. */
export function beaconCommand(facts: CommandFacts): string {
  const { name, home } = facts.directory.binary;
  const config = `"$HOME"/${home}/config`;
  return [
    challengeLine(facts),
    `${genesisTool} beacon --challenge "$PWD/challenge.json" --node-key ${config}/node_key.json \\`,
    `  --genesis ${config}/genesis.json --binary "$(command -v ${name})" --binary-version "$(${name} version 2>&1)" \\`,
    `  --signer-state "$HOME"/${home}/data/priv_validator_state.json --clock-skew-ms "\${CLOCK_SKEW_MS:-0}" --init-chain-passed |`,
    `  ${post} -d @- ${quoted(`${network(facts)}/ceremony/beacons`)}`,
  ].join("\n");
}

/** What mends a node that was looked at, or shows what is wrong with it; null: nothing that can be typed. */
export function peerCommand({ directory, profile }: CommandFacts, outcome: PeerOutcome): string | null {
  const peer = profile?.peer ? readPeer(profile.peer) : null;
  if (peer === null) return null;
  const { name, home } = directory.binary;
  const config = `"$HOME"/${home}/config`;
  switch (outcome) {
    case "no_answer": {
      const address = `${peer.host.includes(":") ? `[${peer.host}]` : peer.host}:${peer.port}`;
      return [
        `# Let TCP port ${peer.port} through the firewall, yours and your provider's. Then, and restart the node:`,
        `sed -i -e '/^\\[p2p\\]/,/^\\[/ s|^laddr = .*|laddr = "tcp://0.0.0.0:${peer.port}"|' \\`,
        `  -e 's|^external_address = .*|external_address = "${address}"|' ${config}/config.toml`,
      ].join("\n");
    }
    case "other_node":
      return `${name} tendermint show-node-id`;
    case "other_chain":
      return `jq -r .chain_id ${config}/genesis.json`;
    case "unresolved":
      return `getent ahosts ${quoted(peer.host)}`;
    case "refused":
    case "reachable":
      return null;
  }
}

/** For who comes after the launch: the validator is made on the running chain. */
export function createValidatorCommand(facts: CommandFacts): string {
  const { directory, profile, amount } = facts;
  const { name, createValidator } = directory.binary;
  const pay = `--gas 300000 --gas-prices ${gasPriceOf(directory)}`;
  const send = [`--from ${key} ${keyring}`, `--chain-id ${quoted(directory.chainId)}`, pay];
  if (createValidator === "flags") {
    const own = [`--amount ${amount}${directory.denom}`, `--pubkey "$(${name} tendermint show-validator)"`];
    return [`${name} tx staking create-validator`, ...own, ...flagsOf(profile), ...send].join(" ");
  }
  const file = {
    amount: `${amount}${directory.denom}`,
    moniker: profile?.moniker ?? "MONIKER",
    identity: profile?.identity ?? "",
    website: profile?.website ?? "",
    security: profile?.securityContact ?? "",
    details: profile?.details ?? "",
    "commission-rate": profile?.commission?.rate ?? "0.1",
    "commission-max-rate": profile?.commission?.maxRate ?? "0.2",
    "commission-max-change-rate": profile?.commission?.maxChangeRate ?? "0.01",
    "min-self-delegation": "1",
  };
  return [
    `${name} tendermint show-validator | jq --argjson said ${quoted(JSON.stringify(file))} '{pubkey: .} + $said' > create.json`,
    [`${name} tx staking create-validator create.json`, ...send].join(" "),
  ].join("\n");
}

/** Takes a validator out of jail; null: this network's binary has no command for it. */
export function unjailCommand({ directory }: CommandFacts): string | null {
  const { name, unjail } = directory.binary;
  if (!unjail) return null;
  return `${name} tx slashing unjail --from ${key} ${keyring} --chain-id ${quoted(directory.chainId)} --gas-prices ${gasPriceOf(directory)}`;
}

/** A transaction that no chain takes, with a line as its memo, signed into `signed.json`. */
function signingLines({ directory, operator }: CommandFacts, memo: string): string[] {
  const { name } = directory.binary;
  return [
    `${name} tx bank send ${operator} ${operator} 1${directory.denom} --note "${memo}" --generate-only --chain-id ${proofChainId} > proof.json`,
    `${name} tx sign proof.json --from ${key} ${keyring} --offline --account-number 0 --sequence 0 --chain-id ${proofChainId} > signed.json`,
  ];
}

function challengeLine(facts: CommandFacts): string {
  return `curl -fsS ${quoted(`${network(facts)}/ceremony/challenges/${facts.operator}`)} > challenge.json`;
}

function flagsOf(profile: OperatorProfile | null): string[] {
  const {
    moniker = "MONIKER",
    commission,
    identity = "",
    website = "",
    securityContact = "",
    details = "",
  } = profile ?? {};
  const { rate = "0.1", maxRate = "0.2", maxChangeRate = "0.01" } = commission ?? {};
  const told = { identity, website, "security-contact": securityContact, details };
  return [
    `--moniker ${quoted(moniker)}`,
    `--commission-rate ${rate} --commission-max-rate ${maxRate} --commission-max-change-rate ${maxChangeRate}`,
    "--min-self-delegation 1",
    ...Object.entries(told).flatMap(([name, value]) => (value === "" ? [] : [`--${name} ${quoted(value)}`])),
  ];
}

function peerFlags(profile: OperatorProfile | null): string[] {
  const peer = profile?.peer ? readPeer(profile.peer) : null;
  return peer === null ? [] : [`--ip ${quoted(peer.host)} --p2p-port ${peer.port} --node-id ${peer.nodeId}`];
}

/** Thousandths as a decimal: `0.025upaw`. */
function gasPriceOf({ gasPrice: { denom, milliAmount } }: Pick<Directory, "gasPrice">): string {
  const whole = Math.floor(milliAmount / 1000);
  return `${whole}.${String(milliAmount % 1000).padStart(3, "0")}${denom}`;
}

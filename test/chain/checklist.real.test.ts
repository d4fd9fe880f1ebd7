import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildTimeoutMs, goAvailable } from "../devnet/build.ts";
import { type Ground, inPawsShape, makeGround, plain, soon } from "./guide-ground.ts";
import type { Reader } from "./guide-runner.ts";

const validators = { intake: "open" };
const contact = "matrix: @O'Neil:example.org";
const moniker = "O'Neil & sons $(id) `id`";

type Step = { readonly step: string; readonly state: string; readonly evidence: string; readonly command?: string };

describe.skipIf(!goAvailable()).each([
  ["PAW's own network file", { ...inPawsShape, validators }],
  ["the SDK's usual commands", { ...plain, validators, node: { ...plain.node, unjail: true } }],
])("the checklist's commands, typed as they stand there, with a real binary: %s", (_, content) => {
  const { node, chainId } = content;
  let ground: Ground;
  beforeAll(async () => {
    ground = await makeGround(content);
  }, buildTimeoutMs);
  afterAll(() => ground?.stop());

  const steps = async (operator: string) => {
    const answer = await fetch(`${ground.api}/validators/${operator}/checklist`);
    const { steps: all } = (await answer.json()) as { steps: Step[] };
    return Object.fromEntries(all.map((step) => [step.step, step])) as Record<string, Step>;
  };
  const reach = (operator: string, step: string, wanted: Partial<Step>, timeout = 45_000) =>
    expect.poll(async () => (await steps(operator))[step], { timeout, interval: 500 }).toMatchObject(wanted);
  /** Types an open step's command; where the binary asks whether it may, it may. */
  const type = async (reader: Reader, operator: string, step: string) => {
    const { state, command, evidence } = (await steps(operator))[step] ?? {};
    expect({ state, command, evidence }).toMatchObject({ state: "open", command: expect.any(String) });
    return reader.ask(`{ ${command}\n} <<< y`);
  };

  /** A folder, a key, and what the operator will say of themselves. Answers their address. */
  async function settle(reader: Reader): Promise<string> {
    const folder = node.home.replace("~", "$HOME");
    await reader.ask(`${node.binary} init someone --chain-id ${chainId} 2> init.log`);
    const settings = `s|^node = .*|node = "'"$RPC"'"|; s|^keyring-backend = .*|keyring-backend = "test"|`;
    await reader.ask(`sed -i '${settings}' "${folder}/config/client.toml"`);
    await reader.ask(`${node.binary} keys add operator 2> /dev/null > /dev/null`);
    await reader.set({ KEY: "operator", SAID: moniker, CONTACT: contact });
    await reader.ask(`jq -n --argjson key "$(${node.binary} tendermint show-validator)" \
      --arg peer "$(${node.binary} tendermint show-node-id)@9.9.9.9:26656" \
      --arg moniker "$SAID $MONIKER" --arg contact "$CONTACT" \
      '{profile: {moniker: $moniker, consensusKey: $key.key, peer: $peer, details: "two\\nlines"}, contact: $contact}' \
      > validator.json`);
    return reader.ask(`${node.binary} keys show operator --output json | jq -r .address`);
  }

  /** Registers by the checklist, and is approved. */
  async function join(reader: Reader, operator: string, more: object = {}): Promise<void> {
    expect(JSON.parse(await type(reader, operator, "registered"))).toMatchObject({ operator, state: "pending" });
    const path = `$SITE/api/v1/admin/networks/${chainId}/validators/${operator}`;
    const body = JSON.stringify({ rev: 1, ...more });
    const answer = await ground.first.ask(`ask --json '${body}' "${path}/approval"`);
    expect(JSON.parse(answer)).toMatchObject({ state: "approved" });
  }

  it("lead an operator from a key into the genesis, and to a node that signs", async () => {
    const { first, second, operator } = ground;
    const closesAt = soon(24);
    await first.set({ CLOSES_AT: closesAt, GENESIS_TIME: soon(50) });
    await first.follow("coordinator", "3.");
    await first.ask(
      `jq '.app_state.slashing.params |= (.signed_blocks_window = "60" | .downtime_jail_duration = "1s")' \
        base/config/genesis.json > own.json && put own.json application/json base`,
    );
    const address = await settle(operator);
    await join(operator, address, { allocation: { amount: node.allocation } });
    first.skip("coordinator", "4.");
    await first.ask(`act '{"kind": "move", "to": "accounts"}'
      ask "$SITE/api/v1/admin/networks/${chainId}/validators/allocations.csv" > accounts.csv
      echo "${ground.payer},${node.allocation},${content.denoms[0]?.denom}" >> accounts.csv
      put accounts.csv text/csv "allocations?format=csv"`);
    await reach(address, "account", { state: "done" });
    await first.follow("coordinator", "5.");
    expect(await type(operator, address, "gentx")).toContain(`"operator":"${address}"`);
    await reach(address, "gentx", { state: "done" });
    await sleep(Math.max(0, Date.parse(closesAt) - Date.now()) + 200);
    await first.follow("coordinator", "7.");
    await second.follow("coordinator", "1.");
    second.skip("coordinator", "5.");
    await second.follow("coordinator", "7.");
    await first.follow("coordinator");
    expect(await type(operator, address, "genesis")).toContain("genesis.json: OK");
    await reach(address, "genesis", { state: "done" });
    operator.skip("launch", "7.");
    await operator.follow("launch", "8.");
    await type(operator, address, "ready");
    await reach(address, "ready", { state: "done" });
    for (const step of ["bonded", "signing", "unjailed"]) await reach(address, step, { state: "done" });
  });

  it("lead who comes late to a validator on the running chain, and say when it is jailed", async () => {
    const { late, api, operator } = ground;
    const rpc = await operator.ask('echo "$RPC"');
    await late.set({ RPC: rpc });
    const address = await settle(late);
    const claim = await fetch(`${api}/faucet/claims?wait=confirmed`, {
      method: "POST",
      body: JSON.stringify({ address }),
    });
    expect(await claim.json()).toMatchObject({ state: "confirmed" });
    await join(late, address);
    expect((await steps(address)).gentx).toMatchObject({ state: "not_needed" });
    await reach(address, "account", { state: "done" });
    await reach(address, "bonded", { state: "open" });
    expect(await type(late, address, "bonded")).toMatch(/^code: 0$/m);
    await reach(address, "bonded", { state: "done" });
    // Nobody runs its node: it misses every block, and is jailed for it.
    await reach(address, "unjailed", { state: "open", evidence: "Jailed." }, 90_000);
    // The devnet's binary has no command for it: what the SDK's own has is AutoCLI's.
    const { command } = (await steps(address)).unjailed ?? {};
    expect(command ?? "none").toMatch(node.unjail === false ? /^none$/ : / tx slashing unjail --from "\$KEY" /);
  }, 240_000);
});

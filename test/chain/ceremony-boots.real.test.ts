import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { sha256Hex } from "../../genesis/log/bytes.ts";
import { adminKeyEntry } from "../../sandbox/operator/admin-key.ts";
import { startRawWorkerd } from "../../sandbox/raw-workerd.ts";
import { buildDevnet, buildTimeoutMs, goAvailable } from "../devnet/build.ts";
import { type DevnetOptions, pawShape } from "../devnet/options.ts";
import { adminKeys } from "../support/admin-keys.ts";
import { logKey } from "../support/ceremony-network.ts";
import { assertBoots, type Ground, operatorsGround } from "./boots.ts";

/** From the close to the seal, and from the seal to genesis time: as short as a slow machine allows. */
const closesInMs = 3_000;
const genesisInMs = 9_000;

/** The network file of a chain that is still to be launched, and whose nodes are the ground's. */
function networkOf({ settings, nodes }: Ground, style: string) {
  const { chainId, prefix, denom } = settings;
  return {
    chainId,
    name: chainId,
    driver: "cosmos",
    bech32Prefix: prefix,
    denoms: [{ denom, display: denom.toUpperCase(), exponent: 6 }],
    cosmos: {
      rpc: nodes.map(({ home }) => `http://127.0.0.1:${home.rpcPort}`).slice(0, 8),
      gasPrice: { denom, milliAmount: 1 },
    },
    faucet: { enabled: false, drips: [{ denom, amount: "1" }] },
    ceremony: {
      style,
      twoPerson: false,
      sealLeadHours: 0,
      // Its nodes are on one machine, and their memos say so.
      waived: ["memo-address"],
      closesAt: new Date(Date.now() + 60_000).toISOString(),
      genesisTime: new Date(Date.now() + 120_000).toISOString(),
    },
  };
}

type Launch = {
  readonly state: string;
  readonly block1: { readonly proved: boolean };
  readonly blocks: readonly {
    readonly height: number;
    readonly percent: number;
    readonly missing: readonly unknown[];
  }[];
};

/** A ceremony over HTTP from its creation to a chain that runs; answers what was seen. */
async function ceremony(ground: Ground, style: string) {
  const { chainId } = ground.settings;
  const worker = await startRawWorkerd({
    port: 0,
    networks: [networkOf(ground, style)],
    faucetMnemonic: "",
    stateDir: join(ground.root, `worker-${style}`),
    settings: { LOG_KEY: logKey, ADMIN_KEYS: adminKeyEntry(adminKeys.coordinator, ["coordinator"]) },
  });
  const of = `${worker.url}/api/v1/networks/${chainId}/ceremony`;
  const admin = `${worker.url}/api/v1/admin/networks/${chainId}/ceremony`;
  const send = async (method: string, url: string, body?: Uint8Array | string) => {
    const headers = { authorization: `Bearer ${adminKeys.coordinator}` };
    const answer = await fetch(url, { method, headers, ...(body === undefined ? {} : { body: body as BodyInit }) });
    if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${(await answer.text()).slice(0, 600)}`);
    return answer;
  };
  const act = (body: object) => send("POST", `${admin}/acts`, JSON.stringify(body));
  try {
    await act({ kind: "create" });
    await send("PUT", `${admin}/base`, await readFile(ground.baseFile));
    await act({ kind: "move", to: "accounts" });
    await act({ kind: "move", to: "collecting" });
    for (const file of await readdir(ground.gentxFolder)) {
      expect((await send("POST", `${of}/gentxs`, await readFile(join(ground.gentxFolder, file)))).status).toBe(201);
    }
    const nowMs = Date.now();
    const changes = {
      closesAt: new Date(nowMs + closesInMs).toISOString(),
      genesisTime: new Date(nowMs + genesisInMs).toISOString(),
    };
    await act({ kind: "parameters", changes, reason: "a rehearsal" });
    await sleep(closesInMs + 200);
    const preview = await send("GET", `${of}/preview.json`);
    await act({ kind: "seal", sha256: preview.headers.get("x-genesis-sha256") });
    const genesis = new Uint8Array(await (await send("GET", `${of}/genesis.json`)).arrayBuffer());
    const { seals } = (await (await send("GET", of)).json()) as {
      seals: { sha256: string; validatorsHash: string; answerSha256: string }[];
    };
    const [seal] = seals;
    if (seal === undefined) throw new Error("nothing was sealed");
    expect(sha256Hex(genesis)).toBe(seal.sha256);
    const file = join(ground.root, `sealed-${style}.json`);
    await writeFile(file, genesis);
    const look = async () => (await (await send("GET", `${of}/launch`)).json()) as Launch;
    const watched = watch(look);
    // The nodes stay up until the watch has seen it all.
    const booted = await assertBoots(ground, file, seal, 40_000, async () => void (await watched));
    return { booted, launch: await watched };
  } finally {
    await worker.stop();
  }
}

/** Looks until every validator has signed a block, or for 45 s; answers the last look and all states seen. */
async function watch(look: () => Promise<Launch>): Promise<Launch & { readonly states: readonly string[] }> {
  const states: string[] = [];
  for (const endMs = Date.now() + 45_000; ; await sleep(250)) {
    const seen = await look();
    if (states.at(-1) !== seen.state) states.push(seen.state);
    const whole = seen.block1.proved && seen.blocks.some(({ missing }) => missing.length === 0);
    if (whole || Date.now() > endMs) return { ...seen, states };
  }
}

async function withOperators(options: DevnetOptions, use: (ground: Ground) => Promise<void>): Promise<void> {
  const ground = await operatorsGround({ blockTimeMs: 800, indexer: "null", ...options });
  try {
    await use(ground);
  } finally {
    await ground.remove();
  }
}

describe.skipIf(!goAvailable())("a ceremony over HTTP ends in a chain that runs", () => {
  it("is preceded by the chain's build", () => buildDevnet(), buildTimeoutMs);

  it.each([
    { validators: 4, style: "gentxs", shape: {}, said: "the SDK's shape" },
    { validators: 7, style: "staking-state", shape: pawShape, said: "PAW's shape" },
  ])(
    "$validators gentxs by the real binary, style $style, $said: handed in, sealed, downloaded, started, watched",
    ({ validators, style, shape }) =>
      withOperators({ ...shape, validators }, async (ground) => {
        const { booted, launch } = await ceremony(ground, style);
        expect(booted.appHash).toMatch(/^[0-9A-F]{64}$/);
        expect(launch.states).toContain("running");
        expect(launch.block1.proved).toBe(true);
        expect(launch.blocks.some(({ percent, missing }) => percent === 100 && missing.length === 0)).toBe(true);
      }),
    120_000,
  );
});

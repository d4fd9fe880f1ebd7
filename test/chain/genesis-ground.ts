import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildDevnet } from "../devnet/build.ts";
import { endWithUs, removeWithUs } from "../devnet/children.ts";
import { chainEnvironment, makeHomes } from "../devnet/home.ts";
import { type DevnetOptions, type DevnetSettings, settled } from "../devnet/options.ts";
import { freePorts } from "../devnet/ports.ts";
import { setToml } from "../devnet/toml.ts";

/** What the real chain's tools and node say of a set of gentxs. */
export type NodeVerdict = {
  readonly ok: boolean;
  /** Which step refused: `collect-gentxs`, or `start` within its InitGenesis. */
  readonly by: "collect" | "start" | null;
  readonly said: string;
};

const startMs = 30_000;

/** A genesis of the real chain with one validator of its own, on which gentxs are tried. */
export class GenesisGround {
  readonly #binary: string;
  readonly #settings: DevnetSettings;
  readonly #root: string;
  #tried = 0;

  private constructor(binary: string, settings: DevnetSettings, root: string) {
    this.#binary = binary;
    this.#settings = settings;
    this.#root = root;
  }

  static async make(options: DevnetOptions): Promise<GenesisGround> {
    const settings = settled(options);
    const binary = await buildDevnet();
    const root = await mkdtemp(join(tmpdir(), "wellspring-genesis-"));
    removeWithUs(root);
    const ground = new GenesisGround(binary, settings, root);
    await makeHomes(binary, settings, [{ dir: ground.#home, rpcPort: 1, p2pPort: 1 }]);
    return ground;
  }

  get #home() {
    return join(this.#root, "base");
  }

  /** Where the genesis lies, its own validator's gentx within. */
  get genesisFile(): string {
    return join(this.#home, "config/genesis.json");
  }

  /** The genesis as text. */
  genesis(): Promise<string> {
    return readFile(this.genesisFile, "utf8");
  }

  /** Its own validator's gentx, as the real binary made it. */
  anchor(): Promise<string> {
    return readFile(join(this.#home, "config/gentx/gentx-0.json"), "utf8");
  }

  /** A gentx of another key by the real binary, with these flags more, and the address that it is of. */
  async made(...flags: readonly string[]): Promise<string> {
    const file = join(this.#root, `made-${this.#tried++}.json`);
    const args = ["genesis", "gentx", "val", `5000000${this.#settings.denom}`, "--keyring-backend", "test"];
    const chain = ["--chain-id", this.#settings.chainId, "--home", this.#home, "--output-document", file];
    const { code, said } = await this.#run([...args, ...chain, "--ip", "127.0.0.1", ...flags]);
    if (code !== 0) throw new Error(`gentx failed: ${said}`);
    return readFile(file, "utf8");
  }

  /** A send of one unit of its own account to itself, as the real binary signs it offline: the address and the file. */
  async proof(memo: string, chainId: string, ...flags: readonly string[]): Promise<{ address: string; text: string }> {
    const keys = ["--keyring-backend", "test", "--home", this.#home];
    const address = (await this.#must(["keys", "show", "val", "-a", ...keys])).trim();
    const [made, signed] = [1, 2].map(() => join(this.#root, `proof-${this.#tried++}.json`)) as [string, string];
    const send = ["tx", "bank", "send", address, address, `1${this.#settings.denom}`, "--note", memo];
    await writeFile(made, await this.#must([...send, "--generate-only", "--chain-id", chainId, ...keys]));
    const offline = ["--offline", "--account-number", "0", "--sequence", "0", "--chain-id", chainId];
    await this.#must(["tx", "sign", made, "--from", "val", ...offline, "--output-document", signed, ...flags, ...keys]);
    return { address, text: await readFile(signed, "utf8") };
  }

  async #must(args: readonly string[]): Promise<string> {
    const { code, said } = await this.#run(args);
    if (code !== 0) throw new Error(`${args.slice(0, 3).join(" ")} failed: ${said}`);
    return said;
  }

  /** Collects the gentxs in the order given and starts a node until its first block, or its end. */
  async judge(texts: readonly string[]): Promise<NodeVerdict> {
    const home = join(this.#root, `try-${this.#tried++}`);
    try {
      await cp(this.#home, home, { recursive: true });
      const folder = join(home, "handed-in");
      await mkdir(folder);
      await Promise.all(
        texts.map((text, index) => writeFile(join(folder, `${String(index).padStart(3, "0")}.json`), text)),
      );
      const collected = await this.#run(["genesis", "collect-gentxs", "--gentx-dir", folder, "--home", home]);
      if (collected.code !== 0) return { ok: false, by: "collect", said: collected.said };
      const [rpc, p2p] = await freePorts(2);
      const config = join(home, "config/config.toml");
      const settings = {
        "rpc.laddr": `"tcp://127.0.0.1:${rpc}"`,
        "p2p.laddr": `"tcp://127.0.0.1:${p2p}"`,
        // What collect-gentxs took from memos is nobody: the node shouldn't look for them.
        "p2p.persistent_peers": '""',
      };
      await writeFile(config, setToml(await readFile(config, "utf8"), settings));
      const { ended, said } = await this.#run(["start", "--home", home], true);
      return ended ? { ok: false, by: "start", said } : { ok: true, by: null, said };
    } finally {
      await rm(home, { recursive: true, force: true, maxRetries: 3 });
    }
  }

  async stop(): Promise<void> {
    await rm(this.#root, { recursive: true, force: true, maxRetries: 3 });
  }

  /** Runs the binary to its end, or until it says that it came through. */
  #run(args: readonly string[], untilBlock = false): Promise<{ code: number | null; ended: boolean; said: string }> {
    return new Promise((resolve, reject) => {
      const env = { ...chainEnvironment(this.#settings), DEVNET_EXIT_ON_STDIN: "1" };
      const child = spawn(this.#binary, args, {
        env,
        stdio: ["pipe", "pipe", "pipe"],
        timeout: startMs,
        killSignal: "SIGKILL",
      });
      endWithUs(child);
      let said = "";
      let through = false;
      const hear = (chunk: Buffer) => {
        said = (said + chunk.toString()).slice(-20_000);
        if (!untilBlock || through || !/committed state|finalizing commit/.test(said)) return;
        through = true;
        child.kill("SIGKILL");
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.on("error", reject);
      child.on("close", (code) => resolve({ code, ended: !through, said }));
    });
  }
}

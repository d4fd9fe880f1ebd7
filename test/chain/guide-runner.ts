import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Facts, fill } from "../../docs-site/pages/facts.ts";
import { type ShellBlock, shellBlocks } from "../../docs-site/pages/shell-blocks.ts";
import { read } from "../architecture/tree.ts";
import { endWithUs } from "../devnet/children.ts";

const blockMs = 90_000;

/**
 * A reader with a terminal: runs the guides' blocks one after another in one folder. What a block sets, variables and
 * functions, the next one has, as it is in a terminal that stays open.
 */
export class Reader {
  readonly #folder: string;
  readonly #facts: Facts;
  readonly #env: NodeJS.ProcessEnv;
  readonly #started: ChildProcess[] = [];
  readonly #blocks = new Map<string, ShellBlock[]>();

  constructor(folder: string, facts: Facts, env: NodeJS.ProcessEnv) {
    this.#folder = folder;
    this.#facts = facts;
    this.#env = env;
  }

  /**
   * Does the next steps of a guide, or of a page by its path (`docs/runbook`), through the heading that begins with `until`; all that are left without it. Answers what
   * they printed. Throws with the block and its words when one fails, and when there is no such heading ahead.
   */
  async follow(guide: string, until?: string): Promise<string> {
    let said = "";
    for (const block of this.#take(guide, until)) {
      if (block.tag.kind === "run") said += await this.#run(block);
      if (block.tag.kind === "background") await this.#start(block);
    }
    return said;
  }

  /** Leaves steps out that somebody else did. */
  skip(guide: string, until: string): void {
    this.#take(guide, until);
  }

  /** The guides that were followed to their end. */
  followed(): string[] {
    return [...this.#blocks].filter(([, left]) => left.length === 0).map(([guide]) => guide);
  }

  /** Sets variables as a reader does who changes the values to their own. */
  async set(values: Readonly<Record<string, string>>): Promise<void> {
    const lines = Object.entries(values).map(([name, value]) => `${name}=${quoted(value)}`);
    await this.#run({ heading: "values of the reader's own", code: lines.join("\n"), tag: { kind: "run" } });
  }

  /** What a command prints. */
  async ask(code: string): Promise<string> {
    return (await this.#run({ heading: "a question", code, tag: { kind: "run" } })).trim();
  }

  /** What a file in the reader's folder holds. */
  file(name: string): Promise<string> {
    return readFile(join(this.#folder, name), "utf8");
  }

  async stop(): Promise<void> {
    await Promise.all(
      this.#started.map(async (child) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const ended = new Promise((resolve) => child.once("close", resolve));
        // The shell gave its place to the node, which also ends when its input does.
        child.stdin?.end();
        child.kill("SIGKILL");
        await ended;
      }),
    );
  }

  #take(guide: string, until: string | undefined): ShellBlock[] {
    const source = guide.includes("/") ? `${guide}.md` : `docs-site/guides/${guide}.md`;
    const left = this.#blocks.get(guide) ?? shellBlocks(fill(read(source), this.#facts));
    let count = left.length;
    if (until !== undefined) {
      count = left.findLastIndex(({ heading }) => heading.startsWith(until)) + 1;
      if (count === 0) throw new Error(`${source} has no step "${until}" ahead`);
    }
    this.#blocks.set(guide, left.slice(count));
    return left.slice(0, count);
  }

  /** The terminal's memory between two blocks. */
  get #memory() {
    return join(this.#folder, ".terminal");
  }

  async #run({ heading, code }: ShellBlock): Promise<string> {
    await mkdir(this.#folder, { recursive: true });
    const memory = quoted(this.#memory);
    const before = existsSync(this.#memory) ? `. ${memory}\n` : "";
    // All that the block set is exported, and so stands in the memory.
    const script = `set -euo pipefail\n${before}set -a\n${code}\nset +a\n{ export -p; declare -f; } > ${memory}\n`;
    const child = this.#spawn(script, "ignore");
    const timer = setTimeout(() => child.kill("SIGKILL"), blockMs);
    let out = "";
    let said = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      out += chunk.toString();
      said = (said + chunk.toString()).slice(-8_000);
    });
    child.stderr?.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-8_000);
    });
    const status = await new Promise<number | null>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", resolve);
    });
    clearTimeout(timer);
    if (status !== 0) throw new Error(`"${heading}" ended with ${status}:\n${code}\n---\n${said}`);
    return out;
  }

  async #start({ heading, code }: ShellBlock): Promise<void> {
    const before = existsSync(this.#memory) ? `. ${quoted(this.#memory)}\n` : "";
    const child = this.#spawn(`set -euo pipefail\n${before}exec ${code}\n`, "pipe");
    this.#started.push(child);
    const log = join(this.#folder, `${heading.replace(/\W+/g, "-")}.log`);
    let said = "";
    const hear = (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-100_000);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.on("close", () => void writeFile(log, said).catch(() => undefined));
  }

  #spawn(script: string, stdin: "ignore" | "pipe"): ChildProcess {
    const follow = stdin === "pipe" ? { DEVNET_EXIT_ON_STDIN: "1" } : {};
    const child = spawn("bash", ["-c", script], {
      cwd: this.#folder,
      env: { ...this.#env, ...follow },
      stdio: [stdin, "pipe", "pipe"],
    });
    endWithUs(child);
    return child;
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

import { parseArgs } from "node:util";

/** What `npm run bench` was asked for. */
export type BenchOptions = {
  /** How long each row takes for each side, in all of its rounds together. */
  readonly seconds: number;
  /** The sides take turns so many times a row. */
  readonly rounds: number;
  readonly clients: readonly number[];
  /** Claims queued at once. */
  readonly queue: number;
  /** Transactions of 500 outputs for the chain's ceiling. */
  readonly ceiling: number;
  readonly withPeer: boolean;
  /** Where the results go as JSON; null: nowhere. */
  readonly json: string | null;
};

/** The text of `--help`. */
export const usage = `npm run bench -- [flags]: Wellspring and @cosmjs/faucet on one real chain, in one run
npm run bench -- genesis [flags]: the genesis command beside the chain's own tool

  --seconds N      a row for each side, default 60
  --rounds N       the sides take turns so many times a row, default 2
  --clients LIST   clients that wait for their payment, default 1,50,200
  --queue N        claims queued at once, default 5000; 0: leave it out
  --ceiling N      pre-signed transactions of 500 outputs, default 80; 0: leave it out
  --ours-only      without the peer
  --json FILE      write the results there, too`;

/** Reads the command line. Null: help was asked for. Throws with the flag's name on what can't be read. */
export function readOptions(args: readonly string[]): BenchOptions | null {
  const text = { type: "string" } as const;
  const yes = { type: "boolean", default: false } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: yes,
      "ours-only": yes,
      seconds: text,
      rounds: text,
      clients: text,
      queue: text,
      ceiling: text,
      json: text,
    },
  });
  if (values.help) return null;
  return {
    seconds: whole("--seconds", values.seconds ?? "60", 2, 600),
    rounds: whole("--rounds", values.rounds ?? "2", 1, 20),
    clients: (values.clients ?? "1,50,200").split(",").map((part) => whole("--clients", part, 1, 1_000)),
    queue: whole("--queue", values.queue ?? "5000", 0, 20_000),
    ceiling: whole("--ceiling", values.ceiling ?? "80", 0, 400),
    withPeer: !values["ours-only"],
    json: values.json ?? null,
  };
}

function whole(flag: string, text: string, least: number, most: number): number {
  const number = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new Error(`${flag} takes whole numbers from ${least} to ${most}, not "${text}"`);
}

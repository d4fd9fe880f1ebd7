import { describe, expect, it } from "vitest";
import { faucetFamilies } from "../../workers/domain/claim/metrics.ts";
import { writePrometheus } from "../../workers/domain/status/prometheus.ts";
import { BLOCKED, DENOM } from "../simulation/sim-chain.ts";
import { Bench } from "./bench.ts";
import { request } from "./rows.ts";

type Told = { readonly id: string; readonly type: string; readonly data: Record<string, unknown> };

/** A bench whose receiver answers as told, and what it was sent. */
function receiving(answer: () => Promise<string | null> = async () => null, over = {}) {
  const told: Told[] = [];
  const bench = new Bench(over);
  bench.webhook = {
    send: async ({ id, body }) => {
      told.push({ id, ...(JSON.parse(body) as Omit<Told, "id">) });
      return answer();
    },
  };
  bench.restart();
  return { bench, told, types: () => told.map(({ type }) => type) };
}

describe("what operators are told", () => {
  it("a paid batch is one message that names its claims, and a failed claim another", async () => {
    const { bench, told } = receiving();
    bench.claims("a", "b", `${BLOCKED}0`);
    await bench.live(20);
    const confirmed = told.filter(({ type }) => type === "claim.confirmed");
    const named = confirmed.flatMap(({ data }) => (data.claims as { address: string }[]).map(({ address }) => address));
    expect(named.sort()).toEqual(["a", "b"]);
    const [failed, ...more] = told.filter(({ type }) => type === "claim.failed");
    expect([failed?.data.code, more]).toEqual(["recipient_refused", []]);
    expect(failed?.data).toMatchObject({ chainId: "sim-1", claims: [{ address: `${BLOCKED}0` }] });
  });

  it("a message that was not taken goes out again later, the same and under the same id", async () => {
    let answers: (string | null)[] = ["it answered 503", null];
    const { bench, told } = receiving(async () => answers.shift() ?? null);
    bench.claim("a");
    await bench.live(4);
    expect(told).toHaveLength(1);
    await bench.live(6);
    expect(told).toHaveLength(2);
    expect(told[1]).toEqual(told[0]);
    answers = [];
    await bench.live(40);
    expect([told.length, bench.store.watch.messageCount()]).toEqual([2, 0]);
  });

  it("a receiver that hangs or throws delays no payment", async () => {
    const answers = [() => new Promise<null>(() => undefined), () => Promise.reject(new Error("a bug"))];
    for (const answer of answers) {
      const { bench } = receiving(answer);
      bench.claim("a");
      await bench.live(3);
      bench.claim("b");
      await bench.live(4);
      expect(bench.states("a", "b")).toEqual(["confirmed", "confirmed"]);
    }
  });

  it("a try is written down before it is made, so that a death on the way is a try", async () => {
    const { bench, told } = receiving(() => new Promise(() => undefined));
    bench.claim("a");
    await bench.live(4);
    expect(told).toHaveLength(1);
    bench.restart();
    await bench.step();
    expect(told).toHaveLength(1);
    bench.nowMs += 6_000;
    await bench.step();
    expect([told.length, told[1]?.id]).toEqual([2, told[0]?.id]);
  });

  it("a message that nobody takes is given up after its tries and counted as lost", async () => {
    const { bench, told } = receiving(async () => "it answered 500");
    bench.claim("a");
    await bench.live(3);
    for (let tries = 0; tries < 40; tries += 1) {
      bench.nowMs += 3_600_000;
      await bench.step();
    }
    expect(told).toHaveLength(28);
    expect(bench.dispenser.metrics()).toMatchObject({ messagesWaiting: 0, tally: { messagesLost: 1 } });
  });

  it("asks for no round where nobody is told, and for one when a message is due", async () => {
    const quiet = new Bench();
    quiet.claim("a");
    await quiet.live(5);
    quiet.nowMs += 2_000;
    await quiet.step();
    expect(await quiet.step()).toBeNull();
    const { bench } = receiving(async () => "no");
    bench.claim("a");
    await bench.live(5);
    bench.nowMs += 2_000;
    await bench.step();
    const wanted = await bench.step();
    expect(wanted).toBeGreaterThan(0);
    expect(wanted).toBeLessThanOrEqual(30_000);
  });
});

describe("an alert", () => {
  it("of a stuck line is raised once and resolved once, also across a restart", async () => {
    const { bench, types } = receiving();
    bench.claim("a");
    bench.refused.add("broadcast");
    await bench.step();
    bench.nowMs += 299_000;
    await bench.step();
    expect(types()).toEqual([]);
    bench.nowMs += 2_000;
    await bench.step();
    bench.disk.commit();
    bench.restart();
    await bench.step();
    await bench.step();
    expect(types()).toEqual(["faucet.stuck"]);
    bench.refused.clear();
    await bench.live(40);
    expect(bench.states("a")).toEqual(["confirmed"]);
    expect(types().filter((type) => type.startsWith("faucet.stuck"))).toEqual([
      "faucet.stuck",
      "faucet.stuck.resolved",
    ]);
  });

  it("of a line that an operator holds is none", async () => {
    const { bench, types } = receiving();
    bench.claim("a");
    const act = { kind: "pause", reason: "x", retryAtMs: null, drain: false } as const;
    bench.dispenser.operate({ id: "1", actor: "olga", act });
    bench.nowMs += 3_600_000;
    await bench.step();
    expect(types()).toEqual([]);
  });

  it("of a low balance names it, and ends when the faucet was filled", async () => {
    const { bench, told, types } = receiving(async () => null, {
      balanceLow: [{ denom: DENOM, amount: 10n ** 12n }],
    });
    await bench.live(2);
    expect(types()).toEqual(["faucet.low_balance"]);
    expect(told[0]?.data).toMatchObject({ address: "faucet0", balance: [{ denom: DENOM }] });
    bench.chain.fund("faucet0", 10n ** 13n);
    bench.nowMs += 120_000;
    await bench.live(2);
    expect(types()).toEqual(["faucet.low_balance", "faucet.low_balance.resolved"]);
  });

  it("of a halt is raised although nothing else goes on", async () => {
    const { bench, types } = receiving();
    bench.claim("a");
    await bench.live(3);
    bench.chain = bench.newChain("two", 5);
    await bench.live(2);
    expect(types()).toContain("faucet.halted");
  });

  it("of a canary is raised when it was not paid in time, counted once a slot, and resolved by one that was", async () => {
    const { bench, types } = receiving();
    const note = (slot: number, result: "slow" | "confirmed") =>
      bench.dispenser.noteCanary({ slot, result, tookMs: 1_500, code: "" });
    note(1, "confirmed");
    for (let minute = 0; minute < 3; minute += 1) note(2, "slow");
    note(3, "confirmed");
    await bench.step();
    expect(types().sort()).toEqual(["faucet.canary_failed", "faucet.canary_failed.resolved"]);
    expect(bench.dispenser.metrics().tally.canaries).toEqual({ confirmed: 2, slow: 1 });
  });
});

describe("the numbers", () => {
  it("count every claim in its state, refusals by code, batches by size and waits", async () => {
    const bench = new Bench();
    bench.claims("a", "b");
    bench.dispenser.reserve(request("a", { id: "twin" }));
    bench.dispenser.reserve(request("faucet0"));
    bench.dispenser.countRefused({ client_limited: 4, "Not A Code": 5, invalid_address: -1 });
    await bench.live(4);
    bench.claim("c");
    const { tally, ...numbers } = bench.dispenser.metrics();
    expect(numbers).toMatchObject({ accepted: 3, confirmed: 2, failed: 0, report: { queued: 1 } });
    expect(tally.refused).toEqual({ claim_open: 1, recipient_not_allowed: 1, client_limited: 4 });
    expect([tally.batches.sum, tally.waits.counts.reduce((sum, count) => sum + count, 0)]).toEqual([2, 2]);
  });

  it("never fall back after a crash: what was shown was stored first", async () => {
    const bench = new Bench();
    bench.claims("a");
    await bench.live(4);
    bench.dispenser.countRefused({ client_limited: 4 });
    const shown = bench.dispenser.metrics();
    bench.disk.commit();
    bench.restart();
    expect(bench.dispenser.metrics().tally).toEqual(shown.tally);
    bench.dispenser.countRefused({ client_limited: 1 });
    bench.restart();
    expect(bench.dispenser.metrics().tally.refused).toEqual({ client_limited: 4 });
  });

  it("are text that Prometheus reads, in which no address of anyone stands", async () => {
    const bench = new Bench();
    bench.claims("alice", "bob");
    await bench.live(4);
    const all = [
      { chainId: "sim-1", faucet: { enabled: true, drips: [] }, metrics: bench.dispenser.metrics() },
      {
        chainId: 'odd"\\\n-1',
        faucet: { enabled: true, drips: [{ denom: DENOM, amount: 7n }] },
        metrics: null,
      },
    ];
    const text = writePrometheus(faucetFamilies(all, bench.nowMs));
    expect(faultsOf(text)).toEqual([]);
    expect(text).toContain('wellspring_claims_ended_total{chain_id="sim-1",state="confirmed"} 2\n');
    expect(text).toContain('wellspring_batch_claims_bucket{chain_id="sim-1",le="2"} 1\n');
    expect(text).toContain('wellspring_up{chain_id="odd\\"\\\\\\n-1"} 0\n');
    expect(text).toContain(`wellspring_drip{chain_id="odd\\"\\\\\\n-1",denom="${DENOM}"} 7\n`);
    expect(text).not.toMatch(/alice|bob|faucet0/);
  });

  it("say how old the oldest open claim is, what the read model lacks and since when, and 0 where nothing waits", async () => {
    const { bench } = receiving();
    bench.claims("a", "b");
    bench.refused.add("broadcast").add("project");
    await bench.step();
    bench.nowMs += 40_000;
    const text = metricsText(bench);
    expect(text).toContain('wellspring_oldest_claim_seconds{chain_id="sim-1"} 40\n');
    expect(text).toContain('wellspring_read_model_behind_seconds{chain_id="sim-1"} 40\n');
    bench.refused.clear();
    await bench.live(10);
    bench.nowMs += 40_000;
    expect(metricsText(bench)).toContain('wellspring_oldest_claim_seconds{chain_id="sim-1"} 0\n');
    expect(metricsText(bench)).toContain('wellspring_read_model_behind_seconds{chain_id="sim-1"} 0\n');
  });

  it("tell how old the newest block was when the chain answered, and nothing of a chain that never did", async () => {
    const bench = new Bench();
    expect(metricsText(bench)).not.toMatch(/wellspring_chain_(tip|stood|seen)/);
    bench.claim("a");
    await bench.live(4);
    bench.nowMs += 300_000;
    await bench.step();
    const { height, timeMs } = await bench.desk.ports.driver.tip(0);
    const stood = (bench.nowMs - timeMs) / 1000;
    expect(stood).toBeGreaterThan(299);
    bench.nowMs += 50_000;
    expect(metricsText(bench)).toContain(`wellspring_chain_tip_height{chain_id="sim-1"} ${height}\n`);
    expect(metricsText(bench)).toContain(`wellspring_chain_stood_seconds{chain_id="sim-1"} ${stood}\n`);
    expect(metricsText(bench)).toContain('wellspring_chain_seen_seconds{chain_id="sim-1"} 50\n');
  });

  it("keep requests that failed apart from refusals", async () => {
    const bench = new Bench();
    bench.dispenser.countRefused({ internal: 2, dispenser_unreachable: 1, client_limited: 4 });
    const text = metricsText(bench);
    expect(text).toContain('wellspring_requests_failed_total{chain_id="sim-1",code="internal"} 2\n');
    expect(text).toContain('wellspring_requests_failed_total{chain_id="sim-1",code="dispenser_unreachable"} 1\n');
    expect(text.match(/claims_refused_total\{.*/g)).toEqual([
      'claims_refused_total{chain_id="sim-1",code="client_limited"} 4',
    ]);
  });

  it("that are no such text are seen by that test", () => {
    expect(faultsOf("# TYPE a counter\na 1\n")).not.toEqual([]);
    expect(faultsOf("# HELP a b\n# TYPE a gauge\na{x=y} 1\n")).not.toEqual([]);
    expect(faultsOf("# HELP a b\n# TYPE a gauge\na 1\na 1\n")).not.toEqual([]);
    expect(faultsOf('# HELP a b\n# TYPE a histogram\na_bucket{le="1"} 2\na_bucket{le="+Inf"} 1\n')).not.toEqual([]);
  });
});

function metricsText(bench: Bench): string {
  const one = { chainId: "sim-1", faucet: { enabled: true, drips: [] }, metrics: bench.dispenser.metrics() };
  return writePrometheus(faucetFamilies([one], bench.nowMs));
}

/** What of promtool's checks can be said in a few lines: the grammar, HELP and TYPE first, no series twice. */
function faultsOf(text: string): string[] {
  const faults: string[] = [];
  const [seen, helped] = [new Set<string>(), new Set<string>()];
  let [family, type, below] = ["", "", 0];
  for (const line of text.trimEnd().split("\n")) {
    const [, kind, name = "", rest = ""] = /^# (HELP|TYPE) ([a-z_]+) (.+)$/.exec(line) ?? [];
    if (kind === "HELP") helped.add(name);
    if (kind === "TYPE") {
      if (!helped.has(name) || name === family) faults.push(`no HELP, or twice: ${line}`);
      [family, type, below] = [name, rest, 0];
    }
    if (kind !== undefined) continue;
    const sample =
      /^([a-z_]+)((?:\{[a-z_]+="(?:[^"\\\n]|\\["\\n])*"(?:,[a-z_]+="(?:[^"\\\n]|\\["\\n])*")*\})?) (\S+)$/.exec(line);
    if (!sample || Number.isNaN(Number(sample[3]))) faults.push(`not a sample: ${line}`);
    const [, metric = "", labels = "", value = ""] = sample ?? [];
    const suffixes = type === "histogram" ? ["_bucket", "_sum", "_count"] : [""];
    if (!suffixes.some((suffix) => metric === family + suffix)) faults.push(`outside its family: ${line}`);
    if (type === "counter" && !family.endsWith("_total")) faults.push(`a counter without _total: ${line}`);
    if (seen.has(metric + labels)) faults.push(`twice: ${line}`);
    seen.add(metric + labels);
    if (metric.endsWith("_bucket")) {
      if (Number(value) < below) faults.push(`not cumulative: ${line}`);
      below = labels.includes('le="+Inf"') ? 0 : Number(value);
    }
  }
  return faults;
}

import { describe, expect, it } from "vitest";
import { Pump } from "../../workers/domain/claim/pump.ts";

const START = 1_000_000;

/** A host with one alarm, and a clock that moves only while the pump sleeps. */
class Host {
  nowMs = START;
  alarmAtMs: number | null = null;
  /** All that the pump did, in order. */
  readonly did: string[] = [];
  readonly events: string[] = [];
  armFails = false;
  step: () => Promise<number | null> = async () => null;
  readonly pump = new Pump({
    step: () => {
      this.did.push("step");
      return this.step();
    },
    arm: (atMs) => {
      if (this.armFails) throw new Error("replaced");
      this.did.push(`arm +${atMs - this.nowMs}`);
      this.alarmAtMs = atMs;
    },
    disarm: () => {
      this.did.push("disarm");
      this.alarmAtMs = null;
    },
    sleep: async (ms) => {
      this.did.push(`sleep ${ms}`);
      this.nowMs += ms;
    },
    wake: () => this.did.push("wake"),
    nowMs: () => this.nowMs,
    log: (event) => this.events.push(event),
  });

  /** Steps that answer these in turn, and then null. */
  answers(...wanted: (number | null)[]): void {
    this.step = async () => wanted.shift() ?? null;
  }
}

describe("the alarm", () => {
  it("is armed before the first step, in case the object dies in it", async () => {
    const host = new Host();
    let armedAtMs: number | null = null;
    host.step = async () => {
      armedAtMs = host.alarmAtMs;
      return null;
    };
    await host.pump.run();
    expect(armedAtMs).toBe(START + 30_000);
    expect(host.did.slice(0, 2)).toEqual(["arm +30000", "step"]);
  });

  it("is disarmed when a step wants nothing more", async () => {
    const host = new Host();
    host.answers(100, null);
    await host.pump.run();
    expect(host.did).toEqual(["arm +30000", "step", "sleep 100", "step", "disarm"]);
    expect(host.alarmAtMs).toBeNull();
  });

  it("is armed after a step threw, and run never throws", async () => {
    const host = new Host();
    host.step = () => Promise.reject(new Error("a bug"));
    await host.pump.run();
    expect(host.alarmAtMs).toBe(START + 2_000);
    expect(host.events).toEqual(["pump_failed"]);
    host.answers(null);
    await host.pump.run();
    expect(host.alarmAtMs).toBeNull();
  });

  it("that can't be armed any more, because another object holds the storage, is its successor's", async () => {
    const host = new Host();
    host.armFails = true;
    await host.pump.run();
    expect(host.did).toEqual([]);
    expect(host.events).toEqual(["pump_failed", "alarm_not_armed"]);
  });

  it("takes over before a run grows longer than twenty seconds", async () => {
    const host = new Host();
    host.step = async () => 3_000;
    await host.pump.run();
    expect(host.did.filter((done) => done === "step")).toHaveLength(7);
    expect(host.did.at(-1)).toBe("arm +3000");
  });
});

describe("a pause", () => {
  it("is what the step wants, within 20 ms and 15 s", async () => {
    const host = new Host();
    host.answers(0, 700, 16_000, 1);
    await host.pump.run();
    expect(host.did.filter((done) => done.startsWith("sleep"))).toEqual([
      "sleep 20",
      "sleep 700",
      "sleep 15000",
      "sleep 20",
    ]);
  });
});

describe("a call", () => {
  it("arms the alarm for now where nothing runs", () => {
    const host = new Host();
    host.pump.call();
    expect(host.did).toEqual(["arm +0"]);
  });

  it("wakes a run from its pause, and arms nothing", async () => {
    const host = new Host();
    const steps = [100, null];
    host.step = async () => {
      const wanted = steps.shift() ?? null;
      if (wanted !== null) host.pump.call();
      return wanted;
    };
    await host.pump.run();
    expect(host.did).toEqual(["arm +30000", "step", "wake", "sleep 20", "step", "disarm"]);
  });

  it("during the last step is not lost: another step follows instead of the end", async () => {
    const host = new Host();
    let steps = 0;
    host.step = async () => {
      steps += 1;
      if (steps === 1) host.pump.call();
      return null;
    };
    await host.pump.run();
    expect(steps).toBe(2);
    expect(host.did.at(-1)).toBe("disarm");
  });

  it("after the last step, before the run has ended, is not lost: the alarm rings now", async () => {
    const host = new Host();
    host.answers(null);
    const run = host.pump.run();
    // The pump disarms when the step's promise resolves; the run itself ends one turn of the queue later.
    for (let turn = 0; turn < 50 && !host.did.includes("disarm"); turn += 1) await Promise.resolve();
    host.pump.call();
    await run;
    expect(host.did.slice(-2)).toEqual(["wake", "arm +0"]);
  });

  it("during a step that throws leaves an alarm", async () => {
    const host = new Host();
    host.step = async () => {
      host.pump.call();
      throw new Error("a bug");
    };
    await host.pump.run();
    expect(host.alarmAtMs).toBe(START + 2_000);
  });
});

describe("two runs at once", () => {
  it("are one: the second does nothing, and a later one runs again", async () => {
    const host = new Host();
    let inside = 0;
    let most = 0;
    host.step = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await Promise.resolve();
      inside -= 1;
      return null;
    };
    await Promise.all([host.pump.run(), host.pump.run()]);
    expect(host.did.filter((done) => done === "step")).toHaveLength(1);
    await host.pump.run();
    expect(most).toBe(1);
    expect(host.did.filter((done) => done === "step")).toHaveLength(2);
  });
});

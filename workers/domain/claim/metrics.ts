import type { Tip } from "../chain/driver.ts";
import type { Coin } from "../shared/coin.ts";
import { type Family, gauge, histogram, sample } from "../status/prometheus.ts";
import type { DispenserReport } from "./dispenser-api.ts";
import type { Alert } from "./records.ts";
import { batchBounds, type Tally, waitBounds } from "./tally.ts";

/** What a dispenser tells of itself in numbers. */
export type DispenserMetrics = {
  readonly report: DispenserReport;
  readonly tally: Tally;
  readonly accepted: number;
  readonly confirmed: number;
  readonly failed: number;
  readonly outbox: number;
  readonly alerts: readonly Alert[];
  readonly messagesWaiting: number;
  /** When the claim came in that has waited longest; null: none waits. */
  readonly oldestOpenAtMs: number | null;
  /** Since when the read model lacks something; null: nothing. */
  readonly unprojectedAtMs: number | null;
  /** The newest block when the chain last answered; null: not since a restart. */
  readonly tip: Pick<Tip, "height" | "timeMs"> | null;
  readonly quarantined: boolean;
};

/** One network's numbers, and what its file says of its faucet; null: its dispenser did not answer. */
export type NetworkMetrics = {
  readonly chainId: string;
  readonly faucet: { readonly enabled: boolean; readonly drips: readonly Coin[] };
  readonly metrics: DispenserMetrics | null;
};

/** Codes of the tally that are no refusals: whoever asked did nothing wrong. */
const failureCodes: readonly string[] = ["internal", "dispenser_unreachable", "ceremony_unreachable"];

const alertNames: readonly Alert[] = ["faucet.halted", "faucet.stuck", "faucet.low_balance", "faucet.canary_failed"];

/** All families of all networks. None holds an address. */
export function faucetFamilies(all: readonly NetworkMetrics[], nowMs: number): Family[] {
  const known = all.flatMap(({ metrics }) => (metrics ? [metrics] : []));
  const families = all.flatMap(served);
  const each = (make: (one: DispenserMetrics, of: { chain_id: string }) => Family[]) =>
    families.push(...known.flatMap((one) => make(one, { chain_id: one.report.chainId })));
  each((one, of) => [...claims(one, of, nowMs), ...counted(one, of), ...purse(one, of), ...chain(one, of, nowMs)]);
  return families;
}

/** What is told of a network also when its dispenser does not answer. */
function served({ chainId, faucet, metrics }: NetworkMetrics): Family[] {
  const of = { chain_id: chainId };
  const drips = faucet.drips.map(({ denom, amount }) => sample({ ...of, denom }, amount));
  return [
    gauge("wellspring_up", "Whether the network's dispenser answered.", [sample(of, metrics ? 1 : 0)]),
    gauge("wellspring_faucet_enabled", "Whether the faucet is switched on.", [sample(of, faucet.enabled ? 1 : 0)]),
    gauge("wellspring_drip", "What a claim pays, in base units.", drips),
  ];
}

type Labels = { readonly chain_id: string };

function total(name: string, help: string, samples: Family["samples"]): Family {
  return { name, help, type: "counter", samples };
}

/** 0 for null: what is not there has lasted for no time. */
function secondsSince(atMs: number | null, nowMs: number): number {
  return atMs === null ? 0 : Math.max(0, nowMs - atMs) / 1000;
}

function claims(one: DispenserMetrics, of: Labels, nowMs: number): Family[] {
  const { report, accepted, confirmed, failed, outbox, oldestOpenAtMs, unprojectedAtMs } = one;
  const ended = [sample({ ...of, state: "confirmed" }, confirmed), sample({ ...of, state: "failed" }, failed)];
  const open = [
    sample({ ...of, state: "queued" }, report.queued),
    sample({ ...of, state: "submitted" }, report.submitted),
  ];
  return [
    total("wellspring_claims_accepted_total", "Claims that were accepted.", [sample(of, accepted)]),
    total("wellspring_claims_ended_total", "Claims that ended, by state.", ended),
    gauge("wellspring_claims_open", "Claims that have not ended, by state.", open),
    gauge("wellspring_outbox_batches", "Signed batches without a verdict.", [sample(of, outbox)]),
    gauge("wellspring_oldest_claim_seconds", "How long the oldest open claim has waited.", [
      sample(of, secondsSince(oldestOpenAtMs, nowMs)),
    ]),
    gauge("wellspring_read_model_behind_seconds", "Since when the read model lacks something; 0: nothing.", [
      sample(of, secondsSince(unprojectedAtMs, nowMs)),
    ]),
  ];
}

function counted({ tally, messagesWaiting }: DispenserMetrics, of: Labels): Family[] {
  const counts = Object.entries(tally.refused).filter(([code]) => !failureCodes.includes(code));
  const refused = counts.map(([code, count]) => sample({ ...of, code }, count));
  // Told from 0 on: a rate over a series that begins with its first failure does not see that one.
  const failures = failureCodes.map((code) => sample({ ...of, code }, tally.refused[code] ?? 0));
  const canaries = Object.entries(tally.canaries).map(([result, count]) => sample({ ...of, result }, count));
  const took = tally.canary ? [sample(of, tally.canary.tookMs / 1000)] : [];
  return [
    total("wellspring_claims_refused_total", "Refused claims, by code.", refused),
    total("wellspring_requests_failed_total", "Requests of any kind that failed here, by code.", failures),
    histogram("wellspring_batch_claims", "Claims in a paid batch.", of, batchBounds, tally.batches),
    histogram("wellspring_claim_wait_seconds", "From acceptance to confirmation.", of, waitBounds, tally.waits),
    total("wellspring_canary_total", "Canary claims, by result.", canaries),
    gauge("wellspring_canary_last_seconds", "How long the last canary claim took.", took),
    gauge("wellspring_webhook_waiting", "Messages that no receiver took yet.", [sample(of, messagesWaiting)]),
    total("wellspring_webhook_lost_total", "Messages given up or dropped.", [sample(of, tally.messagesLost)]),
  ];
}

function purse({ report }: DispenserMetrics, of: Labels): Family[] {
  const balance = report.balance.map(({ denom, amount }) => sample({ ...of, denom }, amount));
  return [gauge("wellspring_balance", "The faucet's balance in base units.", balance)];
}

function chain({ report, alerts, tip, quarantined }: DispenserMetrics, of: Labels, nowMs: number): Family[] {
  const one = (name: string, help: string, value: number | null) =>
    gauge(name, help, value === null ? [] : [sample(of, value)]);
  const seen = report.chainSeenAtMs === 0 ? null : secondsSince(report.chainSeenAtMs, nowMs);
  // Not as of now: between two looks nobody knows of newer blocks.
  const stood = tip === null ? null : secondsSince(tip.timeMs, report.chainSeenAtMs);
  const raised = alertNames.map((alert) => sample({ ...of, alert }, alerts.includes(alert) ? 1 : 0));
  return [
    one("wellspring_halted", "Whether the dispenser has stopped.", report.halt ? 1 : 0),
    one("wellspring_paused", "Whether an operator has paused the faucet.", report.pause ? 1 : 0),
    one(
      "wellspring_quarantined",
      "Whether blocks are read after a restored backup, and nothing is signed.",
      quarantined ? 1 : 0,
    ),
    one("wellspring_chain_height", "The newest block that was read.", report.height),
    one("wellspring_chain_seen_seconds", "Since when the chain last answered.", seen),
    one("wellspring_chain_tip_height", "The newest block when the chain last answered.", tip?.height ?? null),
    one("wellspring_chain_stood_seconds", "How old that block was then.", stood),
    one(
      "wellspring_chain_block_seconds",
      "Median time between blocks.",
      report.blockMs === 0 ? null : report.blockMs / 1000,
    ),
    gauge("wellspring_alert", "Whether an alert lasts.", raised),
  ];
}

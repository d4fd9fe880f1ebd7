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
};

/** One network's numbers; null: its dispenser did not answer. */
export type NetworkMetrics = { readonly chainId: string; readonly metrics: DispenserMetrics | null };

const alertNames: readonly Alert[] = ["faucet.halted", "faucet.stuck", "faucet.low_balance", "faucet.canary_failed"];

/** All families of all networks. None holds an address. */
export function faucetFamilies(all: readonly NetworkMetrics[], nowMs: number): Family[] {
  const up = all.map(({ chainId, metrics }) => sample({ chain_id: chainId }, metrics ? 1 : 0));
  const known = all.flatMap(({ metrics }) => (metrics ? [metrics] : []));
  const families = [gauge("wellspring_up", "Whether the network's dispenser answered.", up)];
  const each = (make: (one: DispenserMetrics, of: { chain_id: string }) => Family[]) =>
    families.push(...known.flatMap((one) => make(one, { chain_id: one.report.chainId })));
  each((one, of) => [...claims(one, of), ...counted(one, of), ...purse(one, of), ...chain(one, of, nowMs)]);
  return families;
}

type Labels = { readonly chain_id: string };

function claims({ report, accepted, confirmed, failed, outbox }: DispenserMetrics, of: Labels): Family[] {
  const total = (name: string, help: string, samples: Family["samples"]): Family => {
    return { name, help, type: "counter", samples };
  };
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
  ];
}

function counted({ tally, messagesWaiting }: DispenserMetrics, of: Labels): Family[] {
  const refused = Object.entries(tally.refused).map(([code, count]) => sample({ ...of, code }, count));
  const canaries = Object.entries(tally.canaries).map(([result, count]) => sample({ ...of, result }, count));
  const took = tally.canary ? [sample(of, tally.canary.tookMs / 1000)] : [];
  return [
    { name: "wellspring_claims_refused_total", help: "Refused claims, by code.", type: "counter", samples: refused },
    histogram("wellspring_batch_claims", "Claims in a paid batch.", of, batchBounds, tally.batches),
    histogram("wellspring_claim_wait_seconds", "From acceptance to confirmation.", of, waitBounds, tally.waits),
    { name: "wellspring_canary_total", help: "Canary claims, by result.", type: "counter", samples: canaries },
    gauge("wellspring_canary_last_seconds", "How long the last canary claim took.", took),
    gauge("wellspring_webhook_waiting", "Messages that no receiver took yet.", [sample(of, messagesWaiting)]),
    {
      name: "wellspring_webhook_lost_total",
      help: "Messages given up or dropped.",
      type: "counter",
      samples: [sample(of, tally.messagesLost)],
    },
  ];
}

function purse({ report }: DispenserMetrics, of: Labels): Family[] {
  const balance = report.balance.map(({ denom, amount }) => sample({ ...of, denom }, amount));
  return [gauge("wellspring_balance", "The faucet's balance in base units.", balance)];
}

function chain({ report, alerts }: DispenserMetrics, of: Labels, nowMs: number): Family[] {
  const one = (name: string, help: string, value: number | null) =>
    gauge(name, help, value === null ? [] : [sample(of, value)]);
  const seen = report.chainSeenAtMs === 0 ? null : Math.max(0, nowMs - report.chainSeenAtMs) / 1000;
  const raised = alertNames.map((alert) => sample({ ...of, alert }, alerts.includes(alert) ? 1 : 0));
  return [
    one("wellspring_halted", "Whether the dispenser has stopped.", report.halt ? 1 : 0),
    one("wellspring_paused", "Whether an operator has paused the faucet.", report.pause ? 1 : 0),
    one("wellspring_chain_height", "The newest block that was read.", report.height),
    one("wellspring_chain_seen_seconds", "Since when the chain last answered.", seen),
    gauge("wellspring_alert", "Whether an alert lasts.", raised),
  ];
}

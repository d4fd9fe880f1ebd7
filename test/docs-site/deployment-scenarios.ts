import type { Scenario } from "../support/promtool.ts";

const target = 'site="https://faucet.example",instance="faucet.example:443",job="wellspring"';
const of = `{${target},chain_id="net-1"`;

/** The series of a faucet where all is well. */
const names = {
  scraped: `up{${target}}`,
  up: `wellspring_up${of}}`,
  enabled: `wellspring_faucet_enabled${of}}`,
  internal: `wellspring_requests_failed_total${of},code="internal"}`,
  unreachable: `wellspring_requests_failed_total${of},code="dispenser_unreachable"}`,
  behind: `wellspring_read_model_behind_seconds${of}}`,
  waiting: `wellspring_webhook_waiting${of}}`,
  lost: `wellspring_webhook_lost_total${of}}`,
  halted: `wellspring_halted${of}}`,
  paused: `wellspring_paused${of}}`,
  quarantined: `wellspring_quarantined${of}}`,
  stuck: `wellspring_alert${of},alert="faucet.stuck"}`,
  low: `wellspring_alert${of},alert="faucet.low_balance"}`,
  canary: `wellspring_alert${of},alert="faucet.canary_failed"}`,
  accepted: `wellspring_claims_accepted_total${of}}`,
  confirmed: `wellspring_claims_ended_total${of},state="confirmed"}`,
  failed: `wellspring_claims_ended_total${of},state="failed"}`,
  fast: `wellspring_claim_wait_seconds_bucket${of},le="5"}`,
  slow: `wellspring_claim_wait_seconds_bucket${of},le="300"}`,
  any: `wellspring_claim_wait_seconds_bucket${of},le="+Inf"}`,
  full: `wellspring_claims_refused_total${of},code="queue_full"}`,
  spent: `wellspring_claims_refused_total${of},code="budget_spent"}`,
  cooling: `wellspring_claims_refused_total${of},code="cooldown_active"}`,
  balance: `wellspring_balance${of},denom="utest"}`,
  drip: `wellspring_drip${of},denom="utest"}`,
  /** Another token that it holds and does not pay. */
  other: `wellspring_balance${of},denom="uother"}`,
  seen: `wellspring_chain_seen_seconds${of}}`,
  stood: `wellspring_chain_stood_seconds${of}}`,
  block: `wellspring_chain_block_seconds${of}}`,
} as const;
type Name = keyof typeof names;

const last = 1_600;
const still = (value: number) => `${value}x${last}`;
const grows = (step: number) => `0+${step}x${last}`;

const well: Readonly<Record<Name, string>> = {
  ...(Object.fromEntries(Object.keys(names).map((name) => [name, still(0)])) as Record<Name, string>),
  scraped: still(1),
  up: still(1),
  enabled: still(1),
  accepted: grows(1),
  confirmed: grows(1),
  fast: grows(1),
  slow: grows(1),
  any: grows(1),
  cooling: grows(30),
  balance: still(10_000_000),
  drip: still(10),
  other: still(1),
  seen: still(40),
  stood: still(6),
  block: still(5),
};

type Change = Partial<Record<Name, string | null>>;

/** The same with some series changed; null: without it. */
const scenario = (name: string, change: Change, firing: Scenario["firing"]): Scenario => {
  const series = Object.entries<string | null>({ ...well, ...change }).flatMap(([key, values]) =>
    values === null ? [] : [[names[key as Name], values]],
  );
  return { name, series: Object.fromEntries(series) as Record<string, string>, firing };
};

/** Nothing but that a scrape failed: all that was there is stale. */
const silent = Object.fromEntries(Object.keys(names).map((name) => [name, "_x1600"])) as Change;

/** Values: 0 for the first ten minutes, then 1. */
const fromTen = "0x9 1x1600";

/** A sample a minute. */
export const deploymentScenarios: readonly Scenario[] = [
  scenario("all is well", {}, { 5: [], 60: [], 1500: [] }),
  scenario("no answer to a scrape", { ...silent, scraped: still(0) }, { 2: [], 4: ["DeploymentDown"] }),
  scenario(
    "a dispenser is silent",
    { ...silent, scraped: still(1), up: still(0), enabled: still(1), drip: still(10) },
    {
      4: [],
      6: ["DispenserDown"],
    },
  ),
  scenario("requests fail", { internal: grows(1), unreachable: grows(1) }, { 2: [], 15: ["RequestsFail"] }),
  scenario("a few requests fail", { internal: "0x9 3x1600" }, { 11: [], 30: [] }),
  scenario("the read model lags", { behind: "0+60x60" }, { 5: [], 10: [], 12: ["ReadModelBehind"] }),
  scenario("the read model catches up", { behind: "0+60x8 0x1600" }, { 8: [], 20: [] }),
  scenario("messages pile up", { waiting: "0+50x1600" }, { 10: [], 20: ["WebhooksWait"] }),
  scenario("messages are lost", { lost: "0x9 2x1600" }, { 9: [], 12: ["WebhooksLost"], 90: [] }),
  scenario(
    "it halts, and is silent about what follows from it",
    { halted: fromTen, stuck: fromTen, canary: fromTen, seen: "0x9 0+60x1600" },
    {
      9: [],
      12: ["FaucetHalted"],
      30: ["FaucetHalted"],
    },
  ),
  scenario("the line is stuck", { stuck: fromTen }, { 10: [], 12: ["FaucetStuck"] }),
  scenario("the canary fails", { canary: fromTen }, { 9: [], 11: ["CanaryFailed"] }),
  scenario("half of all claims fail", { failed: grows(1), accepted: grows(2) }, { 3: [], 40: ["ClaimsFail"] }),
  scenario("one claim in ten fails", { failed: grows(1), accepted: grows(10), confirmed: grows(9) }, { 40: [] }),
  scenario("paused, and forgotten", { paused: still(1) }, { 600: [], 730: ["FaucetPausedLong"] }),
  scenario("a quarantine that does not end", { quarantined: still(1) }, { 20: [], 35: ["QuarantineLasts"] }),
  scenario("claims wait for minutes", { fast: still(0) }, { 5: [], 15: ["WaitsLong"] }),
  scenario("the line is full", { full: grows(2) }, { 5: ["LineFull"] }),
  scenario("the budget is spent and stays so", { spent: grows(2) }, { 10: [], 20: ["BudgetSpent"] }),
  scenario("claims surge", { accepted: "0+1x1500 1530+30x99" }, { 1500: [], 1515: ["ClaimsSurge"] }),
  scenario("claims surge on the first day, where nothing is usual yet", { accepted: "0+1x60 90+30x99" }, { 75: [] }),
  scenario(
    "nothing left",
    { balance: "10x9 3x1600" },
    {
      9: ["FaucetEmptyToday"],
      12: ["FaucetEmpty"],
    },
  ),
  scenario(
    "hours left at the rate of these hours",
    { balance: still(4_000), confirmed: grows(1) },
    {
      120: [],
      420: ["FaucetEmptyToday"],
    },
  ),
  scenario("below the operator's own bound", { low: fromTen }, { 9: [], 11: ["FaucetLow"] }),
  scenario("no endpoint answers", { seen: "0+60x1600" }, { 5: [], 8: ["ChainUnreachable"] }),
  scenario(
    "no endpoint answers, and the height that was seen last grows old",
    { seen: "0+60x1600", stood: still(90) },
    {
      8: ["ChainUnreachable"],
    },
  ),
  scenario(
    "no endpoint has answered since a restart",
    { seen: null, stood: null, block: null },
    {
      2: [],
      4: ["ChainUnreachable"],
    },
  ),
  scenario(
    "a chain before its launch, whose faucet is off",
    { enabled: still(0), seen: null, stood: null, block: null },
    {
      60: [],
    },
  ),
  scenario("the chain stops", { stood: "6x9 6+60x1600" }, { 12: [], 18: ["ChainStopped"] }),
  scenario("a chain with slow blocks", { block: still(30), stood: still(200) }, { 30: [] }),
];

/** A sample each half an hour, for what is measured over days. */
export const deploymentDays: readonly Scenario[] = [
  scenario(
    "two days left at the week's rate",
    { balance: still(28_800), confirmed: "0+30x400", accepted: "0+30x400" },
    {
      2880: [],
      11010: ["FaucetEmptySoon"],
    },
  ),
  scenario(
    "four days left at the week's rate",
    { balance: still(57_600), confirmed: "0+30x400", accepted: "0+30x400" },
    {
      11010: [],
    },
  ),
];

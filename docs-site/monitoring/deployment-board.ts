import type { Board, Panel } from "./dashboard.ts";

const here = 'site="$site", chain_id=~"$network"';
const of = (name: string, more = "") => `${name}{${here}${more === "" ? "" : `, ${more}`}}`;
const network = "{{chain_id}}";
const onSite = (path: string) => `\${site:raw}/${path}`;
const help = (section: string) => onSite(`docs/runbook/#${section}`);
const waitAt = (part: number) =>
  `histogram_quantile(${part}, sum by (chain_id, le) (rate(${of("wellspring_claim_wait_seconds_bucket")}[10m])))`;

const there: readonly Panel[] = [
  {
    id: 1,
    kind: "stat",
    title: "Answers",
    description: "Whether the Worker was scraped, and whether each dispenser answered it.",
    unit: "none",
    queries: [
      ['up{site="$site"}', "{{instance}}"],
      [of("wellspring_up"), network],
    ],
    red: { below: 1 },
    words: { "0": "silent", "1": "answers" },
    help: help("the-deployment-is-down"),
  },
  {
    id: 2,
    kind: "stat",
    title: "Held up",
    description: "Halted, paused by an operator, or in quarantine after a restored backup.",
    unit: "none",
    queries: [
      [of("wellspring_halted"), `${network} halted`],
      [of("wellspring_paused"), `${network} paused`],
      [of("wellspring_quarantined"), `${network} in quarantine`],
    ],
    red: 1,
    words: { "0": "no", "1": "yes" },
    help: help("the-faucet-is-halted"),
  },
  {
    id: 3,
    kind: "timeseries",
    title: "Claims a minute",
    description: "Accepted, paid and failed. Paid follows accepted; what lies between them waits in line.",
    unit: "none",
    queries: [
      [`60 * rate(${of("wellspring_claims_accepted_total")}[5m])`, `${network} accepted`],
      [`60 * rate(${of("wellspring_claims_ended_total")}[5m])`, `${network} {{state}}`],
    ],
    help: help("tokens-drain-away"),
  },
  {
    id: 7,
    kind: "timeseries",
    title: "Canary",
    description: "How long the last canary claim took, where the network file has one.",
    unit: "s",
    queries: [[of("wellspring_canary_last_seconds"), network]],
    help: help("the-canary-failed"),
  },
  {
    id: 19,
    kind: "timeseries",
    title: "Canaries by result, an hour",
    description: "All but confirmed ask for a look.",
    unit: "none",
    queries: [[`increase(${of("wellspring_canary_total")}[1h])`, `${network} {{result}}`]],
    help: help("the-canary-failed"),
  },
  {
    id: 20,
    kind: "stat",
    title: "Alerts of the dispenser",
    description: "What it also tells by webhook.",
    unit: "none",
    queries: [[of("wellspring_alert"), `${network} {{alert}}`]],
    red: 1,
    words: { "0": "no", "1": "yes" },
    help: help("which-alert-leads-where"),
  },
];

const line: readonly Panel[] = [
  {
    id: 4,
    kind: "timeseries",
    title: "Line",
    description:
      "Claims that have not ended: in line, and in transactions without a verdict. Refused: for a full line.",
    unit: "none",
    queries: [
      [of("wellspring_claims_open"), `${network} {{state}}`],
      [`60 * rate(${of("wellspring_claims_refused_total", 'code="queue_full"')}[5m])`, `${network} refused a minute`],
    ],
    help: help("the-line-is-long"),
  },
  {
    id: 5,
    kind: "timeseries",
    title: "Oldest claim",
    description: "How long the oldest open claim has waited.",
    unit: "s",
    queries: [[of("wellspring_oldest_claim_seconds"), network]],
    red: 300,
    help: help("the-faucet-is-stuck"),
  },
  {
    id: 6,
    kind: "timeseries",
    title: "Waits",
    description: "From acceptance to confirmation: the middle claim, one in ten, one in a hundred.",
    unit: "s",
    queries: [
      [waitAt(0.5), `${network} half`],
      [waitAt(0.9), `${network} 90 %`],
      [waitAt(0.99), `${network} 99 %`],
    ],
    red: 120,
    help: help("the-line-is-long"),
  },
  {
    id: 13,
    kind: "timeseries",
    title: "Claims a batch",
    description: "How many claims a paid transaction holds on average.",
    unit: "none",
    queries: [
      [`rate(${of("wellspring_batch_claims_sum")}[10m]) / rate(${of("wellspring_batch_claims_count")}[10m])`, network],
    ],
    help: help("the-line-is-long"),
  },
  {
    id: 14,
    kind: "timeseries",
    title: "Batches without a verdict",
    description: "Signed, and not yet proved paid or dead.",
    unit: "none",
    queries: [[of("wellspring_outbox_batches"), network]],
    help: help("nothing-gets-confirmed"),
  },
];

const perClaim = `${of("wellspring_balance")} / ${of("wellspring_drip")}`;
const daysAt = (range: string) =>
  `${perClaim} / on (chain_id) group_left () (86400 * rate(${of("wellspring_claims_ended_total", 'state="confirmed"')}[${range}]))`;

const purse: readonly Panel[] = [
  {
    id: 8,
    kind: "timeseries",
    title: "Claims left",
    description: "The balance by what a claim pays. Fees come from the same account and are not counted.",
    unit: "none",
    queries: [[perClaim, `${network} {{denom}}`]],
    red: { below: 1 },
    help: help("the-faucet-is-empty"),
  },
  {
    id: 9,
    kind: "timeseries",
    title: "Days left",
    description: "At the rate of the last seven days, and of the last six hours. Nothing where nothing is paid.",
    unit: "d",
    queries: [
      [daysAt("7d"), `${network} {{denom}}, 7 days' rate`],
      [daysAt("6h"), `${network} {{denom}}, 6 hours' rate`],
    ],
    red: { below: 3 },
    help: help("the-faucet-is-empty"),
  },
];

const chain: readonly Panel[] = [
  {
    id: 10,
    kind: "timeseries",
    title: "Chain last seen",
    description: "How long ago an endpoint gave a usable answer. An idle faucet looks once a minute.",
    unit: "s",
    queries: [[of("wellspring_chain_seen_seconds"), network]],
    red: 180,
    help: help("the-chain-cannot-be-reached"),
  },
  {
    id: 11,
    kind: "timeseries",
    title: "Newest block's age",
    description: "When the chain was last seen; beside it the time between blocks.",
    unit: "s",
    queries: [
      [of("wellspring_chain_stood_seconds"), `${network} age`],
      [of("wellspring_chain_block_seconds"), `${network} between blocks`],
    ],
    red: 60,
    help: help("the-chain-has-stopped"),
  },
  {
    id: 12,
    kind: "timeseries",
    title: "Height",
    description: "The chain's newest block, and the newest that the dispenser has read. An idle one doesn't read on.",
    unit: "none",
    queries: [
      [of("wellspring_chain_tip_height"), `${network} chain`],
      [of("wellspring_chain_height"), `${network} read`],
    ],
    help: help("nothing-gets-confirmed"),
  },
];

const refusals: readonly Panel[] = [
  {
    id: 15,
    kind: "timeseries",
    title: "Refusals a minute",
    description: "By code; each is explained in the API's reference.",
    unit: "none",
    queries: [[`60 * rate(${of("wellspring_claims_refused_total")}[5m])`, `${network} {{code}}`]],
    help: help("claims-are-refused-for-their-challenge"),
  },
  {
    id: 16,
    kind: "timeseries",
    title: "Requests that failed, 10 minutes",
    description: "Answered 500 or 503: ours to mend.",
    unit: "none",
    queries: [[`increase(${of("wellspring_requests_failed_total")}[10m])`, `${network} {{code}}`]],
    red: 5,
    help: help("requests-fail"),
  },
  {
    id: 17,
    kind: "timeseries",
    title: "Read model behind",
    description: "How old the oldest row is that D1 lacks. Payments do not need it.",
    unit: "s",
    queries: [[of("wellspring_read_model_behind_seconds"), network]],
    red: 300,
    help: help("the-read-model-is-behind"),
  },
  {
    id: 18,
    kind: "timeseries",
    title: "Webhook messages",
    description: "That no receiver took yet, and that were lost in the last hour.",
    unit: "none",
    queries: [
      [of("wellspring_webhook_waiting"), `${network} waiting`],
      [`increase(${of("wellspring_webhook_lost_total")}[1h])`, `${network} lost`],
    ],
    red: 100,
    help: help("webhooks-are-not-taken"),
  },
  {
    id: 21,
    kind: "stat",
    title: "Faucets",
    description: "Whether each network's faucet is switched on.",
    unit: "none",
    queries: [[of("wellspring_faucet_enabled"), network]],
    words: { "0": "off", "1": "on" },
    help: help("which-alert-leads-where"),
  },
];

/** What runs this deployment's faucets: for its operators. */
export const deploymentBoard: Board = {
  uid: "wellspring-deployment",
  title: "Wellspring",
  choices: [
    { name: "site", label: "Site", query: "label_values(wellspring_up, site)" },
    { name: "network", label: "Network", query: 'label_values(wellspring_up{site="$site"}, chain_id)', many: true },
  ],
  groups: [
    { title: "Is it paying", panels: there },
    { title: "Line and waits", panels: line },
    { title: "Purse", panels: purse },
    { title: "Chain", panels: chain },
    { title: "Refusals and failures", panels: refusals },
  ],
  links: [
    { title: "Runbook", url: onSite("docs/runbook/") },
    { title: "Status", url: onSite("status/") },
  ],
};

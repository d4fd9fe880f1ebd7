import { type Said, said } from "../document/said.ts";
import { type Context, powerReductionDefault } from "./context.ts";
import type { Findings } from "./findings.ts";
import type { Gentx } from "./gentx.ts";
import { show } from "./go-json.ts";
import { subnetOf, unreachable } from "./peer.ts";
import type { Seat } from "./seat.ts";

/** CometBFT's `MaxTotalVotingPower`: above it every node panics. */
const totalPowerMax = (2n ** 63n - 1n) / 8n;
/** With fewer validators somebody always holds a third. */
const validatorsForThird = 4;
const copiesMin = 2;
const copiesWithinMs = 10 * 60_000;

/** What a gentx means next to those accepted before it: keys, names, powers. */
export function checkSet(seat: Seat, gentx: Gentx, context: Context, findings: Findings): void {
  const others = context.others ?? [];
  checkKeys(seat, others, context, findings);
  checkPower(seat, others, context, findings);
  checkPeer(seat, gentx, others, context, findings);
  const alike = others.find(({ skeleton }) => skeleton === seat.skeleton && skeleton !== "");
  if (alike !== undefined) {
    const words =
      alike.moniker === seat.moniker
        ? said`the moniker is also that of ${alike.operator}`
        : said`the moniker looks like ${show(alike.moniker)} of ${alike.operator}`;
    findings.add("moniker", words, show(seat.moniker));
  }
  checkHands(seat, others, findings);
}

function checkKeys(seat: Seat, others: readonly Seat[], { genesis }: Context, findings: Findings): void {
  if (others.some(({ operator }) => operator === seat.operator) || genesis?.operators.has(seat.operator)) {
    findings.add(
      "duplicate-operator",
      said`there is a validator of ${show(seat.operator)} already`,
      show(seat.operator),
    );
  }
  const { consensusKey } = seat;
  const holder = others.find((other) => consensusKey !== "" && other.consensusKey === consensusKey);
  if (holder !== undefined || genesis?.consensusKeys.has(consensusKey)) {
    const words =
      holder === undefined
        ? said`the consensus key is also that of a validator in the genesis`
        : said`the consensus key is also that of ${show(holder.moniker)}`;
    findings.add("duplicate-consensus-key", words, consensusKey);
  }
  const shared = others.find(
    (other) => other.operator !== seat.operator && other.accountKeys.some((key) => seat.accountKeys.includes(key)),
  );
  if (shared !== undefined) findings.add("shared-key", said`an account key is also one of ${show(shared.moniker)}`);
  if (seat.accountKeys.includes(consensusKey))
    findings.add("shared-key", said`the account key is also the consensus key`);
}

function checkPower(seat: Seat, others: readonly Seat[], context: Context, findings: Findings): void {
  const unit = context.policy?.powerReduction ?? powerReductionDefault;
  if (seat.power < 1n && seat.amount > 0n) {
    findings.add(
      "power-unit",
      said`${seat.amount} is less than ${unit}, which makes one unit of power`,
      String(seat.amount),
    );
  }
  const total = others.reduce((sum, { power }) => sum + power, seat.power);
  if (total > totalPowerMax)
    findings.add("power-sum", said`all powers sum to ${total}, more than ${totalPowerMax}`, String(seat.power));
  const most = context.genesis?.maxValidators ?? null;
  if (most !== null && others.filter(({ power }) => power >= seat.power).length >= most) {
    findings.add(
      "max-validators",
      said`${most} others have as much power, and the set has ${most} seats`,
      String(seat.power),
    );
  }
}

function checkPeer(seat: Seat, gentx: Gentx, others: readonly Seat[], context: Context, findings: Findings): void {
  if (context.policy?.memoRequired !== true) return;
  const { peer } = seat;
  const { memo } = gentx.body;
  if (peer === null) {
    findings.add(
      "memo-peer",
      memo === "" ? said`the memo is empty` : said`the memo is no nodeid@host:port`,
      show(memo),
    );
    return;
  }
  const why = unreachable(peer.host);
  if (why !== null) findings.add("memo-address", said`nobody can reach ${show(peer.host)}: ${why}`, show(memo));
  const twin = others.find((other) => other.peer?.nodeId === peer.nodeId);
  if (twin !== undefined)
    findings.add("memo-node-id", said`the node id is also that of ${show(twin.moniker)}`, peer.nodeId);
}

/** Signs that several validators are one hand: they only warn, since no machine can know. */
function checkHands(seat: Seat, others: readonly Seat[], findings: Findings): void {
  const copies = others.filter(
    ({ shape, atMs }) =>
      shape === seat.shape &&
      (atMs === undefined || seat.atMs === undefined || Math.abs(atMs - seat.atMs) <= copiesWithinMs),
  );
  if (copies.length >= copiesMin) {
    findings.add(
      "same-shape",
      said`${copies.length} others are alike but for the name, such as ${show(copies[0]?.moniker ?? "")}`,
    );
  }
  if (others.length + 1 < validatorsForThird) return;
  const total = others.reduce((sum, { power }) => sum + power, seat.power);
  for (const [name, handOf] of hands) {
    const mine = handOf(seat);
    if (mine === "") continue;
    const power = others
      .filter((other) => handOf(other) === mine)
      .reduce((sum, other) => sum + other.power, seat.power);
    if (power * 3n > total) {
      findings.add("one-hand", said`${name} holds ${(power * 100n) / total} % of the power`, show(mine));
      return;
    }
  }
}

const hands: readonly (readonly [Said, (seat: Seat) => string])[] = [
  [said`this operator`, ({ operator }) => operator],
  [said`one security contact`, ({ securityContact }) => securityContact.toLowerCase()],
  [said`one identity`, ({ identity }) => identity],
  [said`one subnet`, ({ peer }) => (peer === null ? "" : subnetOf(peer.host))],
];

import { credit, debit } from "./accounts.ts";
import { moduleAddresses, readAddress } from "./address.ts";
import type { Context } from "./ante.ts";
import { areValid, coinsText, sum } from "./coins.ts";
import { gas } from "./gas.ts";
import type { Coin } from "./options.ts";
import { type Refusal, refuse, refuseBank } from "./refusal.ts";
import type { Message, Party } from "./tx.ts";

/** Executes one message; what it wrote must be thrown away when it refuses. SDK x/bank/keeper/msg_server.go. */
export function runMessage(context: Context, message: Message): Refusal | null {
  return message.type === "send" ? runSend(context, message) : runMultiSend(context, message);
}

function runSend(context: Context, message: Message & { type: "send" }): Refusal | null {
  const { prefix } = context.settings;
  const from = readAddress(message.from, prefix);
  if (!from.ok) return refuse("invalidAddress", `invalid from address: ${from.fault}`);
  const to = readAddress(message.to, prefix);
  if (!to.ok) return refuse("invalidAddress", `invalid to address: ${to.fault}`);
  if (message.coins.length === 0 || !areValid(message.coins)) return refuse("invalidCoins", coinsText(message.coins));
  return (
    context.meter.consume(gas.sendEnabled, "ReadFlat") ??
    (isBlocked(to.address, prefix) ? notAllowed(message.to) : null) ??
    take(context, from.address, message.coins) ??
    context.meter.consume(gas.send, "WriteFlat") ??
    give(context, to.address, message.coins)
  );
}

function runMultiSend(context: Context, { inputs, outputs }: Message & { type: "multiSend" }): Refusal | null {
  const { prefix } = context.settings;
  const [input, second] = inputs;
  if (input === undefined) return refuseBank("noInputs");
  if (second !== undefined) return refuseBank("multipleSenders");
  if (outputs.length === 0) return refuseBank("noOutputs");
  const invalid =
    checkParty(input, "input", prefix) ?? firstRefusal(outputs, (out) => checkParty(out, "output", prefix));
  if (invalid !== null) return invalid;
  if (!isEqual(sum([input.coins]), sum(outputs.map(({ coins }) => coins)))) return refuseBank("mismatch");
  const recipients = outputs.map((output) => ({ ...output, canonical: canonical(output.address, prefix) }));
  return (
    context.meter.consume(gas.sendEnabled, "ReadFlat") ??
    firstRefusal(recipients, (out) => (isBlocked(out.canonical, prefix) ? notAllowed(out.address) : null)) ??
    take(context, canonical(input.address, prefix), input.coins) ??
    context.meter.consume(gas.multiSend, "WriteFlat") ??
    firstRefusal(
      recipients,
      (out) => context.meter.consume(gas.output, "WriteFlat") ?? give(context, out.canonical, out.coins),
    )
  );
}

function checkParty(party: Party, side: "input" | "output", prefix: string): Refusal | null {
  const read = readAddress(party.address, prefix);
  if (!read.ok) return refuse("invalidAddress", `invalid ${side} address: ${read.fault}`);
  const valid = party.coins.length > 0 && areValid(party.coins);
  return valid ? null : refuse("invalidCoins", coinsText(party.coins));
}

function take({ accounts, meter }: Context, from: string, coins: readonly Coin[]): Refusal | null {
  const outOfGas = meter.consume(gas.readBalance, "ReadFlat");
  if (outOfGas !== null) return outOfGas;
  const short = debit(accounts, from, coins);
  if (short === null) return null;
  const held = accounts.get(from)?.coins.get(short.denom) ?? 0n;
  const text = `spendable balance ${held}${short.denom} is smaller than ${coinsText([short])}`;
  return refuse("insufficientFunds", text);
}

function give({ accounts, meter }: Context, to: string, coins: readonly Coin[]): Refusal | null {
  return credit(accounts, to, coins) ? meter.consume(gas.newAccount, "WriteFlat") : null;
}

/** Of an address that was read before. */
function canonical(text: string, prefix: string): string {
  const read = readAddress(text, prefix);
  return read.ok ? read.address : "";
}

const blockedByPrefix = new Map<string, ReadonlySet<string>>();

function isBlocked(address: string, prefix: string): boolean {
  const known = blockedByPrefix.get(prefix) ?? new Set(moduleAddresses(prefix));
  blockedByPrefix.set(prefix, known);
  return known.has(address);
}

function notAllowed(address: string): Refusal {
  return refuse("unauthorized", `${address} is not allowed to receive funds`);
}

function isEqual(a: ReadonlyMap<string, bigint>, b: ReadonlyMap<string, bigint>): boolean {
  return a.size === b.size && [...a].every(([denom, amount]) => b.get(denom) === amount);
}

function firstRefusal<T>(items: readonly T[], check: (item: T) => Refusal | null): Refusal | null {
  for (const item of items) {
    const refusal = check(item);
    if (refusal !== null) return refusal;
  }
  return null;
}

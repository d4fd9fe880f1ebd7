import { moduleAddress, readAddress } from "./address.ts";
import { coinsText } from "./coins.ts";
import type { TxResult } from "./run.ts";
import { decodeTx, type Message, type Tx, typeUrls } from "./tx.ts";

/** An ABCI event. */
export type Event = { readonly type: string; readonly attributes: readonly (readonly [key: string, value: string])[] };

/**
 * The events of a transaction in a block, derived again from its bytes and result so that no block has to hold them.
 * A charged transaction has the fee's and the signers', a successful one its transfers' too. Order as in the SDK.
 */
export function eventsOf(bytes: Uint8Array, result: TxResult, prefix: string): Event[] {
  const decoded = decodeTx(bytes, prefix);
  if (!decoded.ok || !result.charged) return [];
  const { tx } = decoded;
  const events = anteEvents(tx, prefix);
  if (result.code !== 0) return events;
  const transfers = tx.messages.flatMap((message, index) => messageEvents(message, `${index}`, prefix));
  return [...events, ...transfers];
}

function event(type: string, ...attributes: [key: string, value: string][]): Event {
  return { type, attributes };
}

function anteEvents(tx: Tx, prefix: string): Event[] {
  const fee = coinsText(tx.fee);
  const collector = moduleAddress("fee_collector", prefix);
  const paid = [
    spent(tx.feePayer, fee),
    ...received(tx.feePayer, collector, fee),
    event("message", ["sender", tx.feePayer]),
  ];
  return [
    ...(tx.fee.some(({ amount }) => amount > 0n) ? paid : []),
    event("tx", ["fee", fee], ["fee_payer", tx.feePayer]),
    ...tx.signers.flatMap((signer, index) => [
      event("tx", ["acc_seq", `${signer}/${tx.signerInfos[index]?.sequence}`]),
      event("tx", ["signature", Buffer.from(tx.signatures[index] ?? []).toString("base64")]),
    ]),
  ];
}

function messageEvents(message: Message, index: string, prefix: string): Event[] {
  const isSend = message.type === "send";
  const sender = isSend ? message.from : (message.inputs[0]?.address ?? "");
  const taken = isSend ? message.coins : (message.inputs[0]?.coins ?? []);
  const outputs = isSend ? [{ address: message.to, coins: message.coins }] : message.outputs;
  const transfers = outputs.flatMap(({ address, coins }) => {
    const read = readAddress(address, prefix);
    return received(sender, read.ok ? read.address : address, coinsText(coins));
  });
  const sent = event("message", ["sender", sender]);
  const events = [
    event("message", ["action", typeUrls[message.type]], ["sender", sender], ["module", "bank"]),
    spent(sender, coinsText(taken)),
    ...(isSend ? [...transfers, sent] : [sent, ...transfers]),
  ];
  return events.map(({ type, attributes }) => ({ type, attributes: [...attributes, ["msg_index", index]] }));
}

function spent(spender: string, amount: string): Event {
  return event("coin_spent", ["spender", spender], ["amount", amount]);
}

function received(sender: string, recipient: string, amount: string): Event[] {
  return [
    event("coin_received", ["receiver", recipient], ["amount", amount]),
    event("transfer", ["recipient", recipient], ["sender", sender], ["amount", amount]),
  ];
}

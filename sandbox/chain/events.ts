import { readAddress } from "./address.ts";
import { coinsText } from "./coins.ts";
import type { Coin } from "./options.ts";
import type { TxResult } from "./run.ts";
import { decodeTx, type Message, typeUrls } from "./tx.ts";

/** An ABCI event. */
export type Event = { readonly type: string; readonly attributes: readonly (readonly [key: string, value: string])[] };

/**
 * The events of a transaction in a block, derived again from its bytes and result so that no block has to hold them.
 * A charged transaction has the fee's and the signers', a successful one its transfers' too.
 */
export function eventsOf(bytes: Uint8Array, result: TxResult, prefix: string): Event[] {
  const decoded = decodeTx(bytes, prefix);
  if (!decoded.ok || !result.charged) return [];
  const { tx } = decoded;
  const events: Event[] = [
    {
      type: "tx",
      attributes: [
        ["fee", coinsText(tx.fee)],
        ["fee_payer", tx.feePayer],
      ],
    },
    ...tx.signers.map((signer, index): Event => {
      return { type: "tx", attributes: [["acc_seq", `${signer}/${tx.signerInfos[index]?.sequence}`]] };
    }),
  ];
  if (result.code !== 0) return events;
  const transfers = tx.messages.flatMap((message, index) => messageEvents(message, `${index}`, prefix));
  return [...events, ...transfers];
}

function messageEvents(message: Message, index: string, prefix: string): Event[] {
  const [sender, outputs] = partiesOf(message);
  const spent = message.type === "send" ? message.coins : (message.inputs[0]?.coins ?? []);
  const events: Event[] = [
    {
      type: "message",
      attributes: [
        ["action", typeUrls[message.type]],
        ["sender", sender],
        ["module", "bank"],
      ],
    },
    {
      type: "coin_spent",
      attributes: [
        ["spender", sender],
        ["amount", coinsText(spent)],
      ],
    },
  ];
  for (const { address, coins } of outputs) {
    const read = readAddress(address, prefix);
    events.push(...paidEvents(sender, read.ok ? read.address : address, coinsText(coins)));
  }
  return events.map(({ type, attributes }) => ({ type, attributes: [...attributes, ["msg_index", index]] }));
}

function paidEvents(sender: string, recipient: string, amount: string): Event[] {
  return [
    {
      type: "coin_received",
      attributes: [
        ["receiver", recipient],
        ["amount", amount],
      ],
    },
    {
      type: "transfer",
      attributes: [
        ["recipient", recipient],
        ["sender", sender],
        ["amount", amount],
      ],
    },
  ];
}

function partiesOf(message: Message): [string, readonly { address: string; coins: readonly Coin[] }[]] {
  if (message.type === "send") return [message.from, [{ address: message.to, coins: message.coins }]];
  return [message.inputs[0]?.address ?? "", message.outputs];
}

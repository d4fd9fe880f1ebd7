import type { Network } from "../../networks/schema.ts";
import { bondDenomOf, lateStakeOf } from "../../networks/stake.ts";
import type { Language } from "./words.ts";

/** What a guide may say of a network: words for `{{word}}`, and whether a part between `{{#if flag}}` and `{{/if}}` stays. */
export type Facts = {
  readonly words: Readonly<Record<string, string>>;
  readonly flags: Readonly<Record<string, boolean>>;
};

/** Stands in the sources for the address of the site that the reader is on. */
export const siteAddress = "https://wellspring.example";

/** What the guides say of a network, in a language; null where its file doesn't describe a node. */
export function factsOf(network: Network, language: Language = "en"): Facts | null {
  const { node, chainId, name, bech32Prefix, denoms, cosmos } = network;
  if (node === undefined) return null;
  const denom = bondDenomOf(network);
  // A ceremony may stake what the faucet doesn't know: then it is told in base units.
  const bond = denoms.find((one) => one.denom === denom) ?? { denom, display: denom, exponent: 0 };
  const { binary, home, ports, stake, allocation } = node;
  const lateStake = lateStakeOf(network, stake);
  const shown = (amount: string) => `${asRead(inDisplayUnits(amount, bond.exponent), language)} ${bond.display}`;
  return {
    words: {
      chainId,
      name,
      binary,
      home: home.replace("~", "$HOME"),
      source: node.source ?? "",
      genesisCommand: node.commands === "top-level" ? binary : `${binary} genesis`,
      prefix: bech32Prefix,
      denom: bond.denom,
      display: bond.display,
      exponent: String(bond.exponent),
      oneDisplay: `1${"0".repeat(bond.exponent)}`,
      stake,
      stakeShown: shown(stake),
      lateStake,
      lateStakeShown: shown(lateStake),
      allocation,
      allocationShown: shown(allocation),
      gasPrice: `${inDisplayUnits(String(cosmos.gasPrice.milliAmount), 3)}${cosmos.gasPrice.denom}`,
      p2pPort: String(ports.p2p),
      rpcPort: String(ports.rpc),
      restPort: String(ports.rest),
      grpcPort: String(ports.grpc),
      metricsPort: String(ports.metrics),
      api: `/api/v1/networks/${chainId}`,
      site: siteAddress,
    },
    flags: {
      source: node.source !== undefined,
      peerInMemo: node.gentxPeer === "memo",
      createByFile: node.createValidator === "file",
      unjail: node.unjail,
      wallet: network.wallet !== undefined,
      signUp: network.validators !== undefined,
      faucet: network.faucet.enabled,
    },
  };
}

/**
 * Fills a guide's source in. `{{#if flag}}`, `{{else}}` and `{{/if}}` stand on lines of their own and aren't nested.
 * Throws on a word or flag that there isn't, so that a misspelling is no hole in a page.
 */
export function fill(source: string, facts: Facts): string {
  return keepParts(source, facts).replace(/\{\{([^{}]*)\}\}/g, (_, key: string) => {
    const word = Object.hasOwn(facts.words, key) ? facts.words[key] : undefined;
    if (word === undefined) throw new Error(`there is no fact {{${key}}}`);
    return word;
  });
}

function keepParts(source: string, { flags }: Facts): string {
  let keeps: boolean | null = null;
  const kept = source.split("\n").filter((line) => {
    const [, asked] = /^\{\{#if (\w+)\}\}$/.exec(line) ?? [];
    if (asked !== undefined) {
      const flag = Object.hasOwn(flags, asked) ? flags[asked] : undefined;
      if (flag === undefined || keeps !== null) throw new Error(`${line} names no flag, or stands inside another`);
      keeps = flag;
      return false;
    }
    if (line !== "{{else}}" && line !== "{{/if}}") return keeps ?? true;
    if (keeps === null) throw new Error(`${line} without {{#if}}`);
    keeps = line === "{{else}}" ? !keeps : null;
    return false;
  });
  if (keeps !== null) throw new Error("an {{#if}} without its {{/if}}");
  return kept.join("\n");
}

/** A number as a language writes it. Numbers in commands stay as they are. */
function asRead(number: string, language: Language): string {
  return language === "en" ? number : number.replace(/[.,]/g, (sign) => (sign === "." ? "," : "."));
}

/** Exact: no floating point is used. */
function inDisplayUnits(amount: string, exponent: number): string {
  const digits = amount.padStart(exponent + 1, "0");
  const whole = digits.slice(0, digits.length - exponent);
  const rest = digits.slice(digits.length - exponent).replace(/0+$/, "");
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${rest === "" ? "" : `.${rest}`}`;
}

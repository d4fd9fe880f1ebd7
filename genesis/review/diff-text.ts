import type { Change, ChangeKind } from "./change.ts";
import type { GenesisDiff } from "./diff.ts";

const headings: readonly (readonly [ChangeKind, string])[] = [
  ["document", "Document"],
  ["consensus", "Consensus parameters"],
  ["parameter", "Module parameters"],
  ["supply", "Supply"],
  ["account-added", "Accounts added"],
  ["account-removed", "Accounts removed"],
  ["account-changed", "Accounts changed"],
  ["balance", "Balances"],
  ["validator-added", "Validators added"],
  ["validator-removed", "Validators removed"],
  ["validator-changed", "Validators changed"],
  ["order", "Order"],
  ["state", "Other state"],
];
const names: Readonly<Record<string, string>> = {
  app_name: "application",
  app_version: "application's version",
  chain_id: "chain id",
  genesis_time: "genesis time",
  initial_height: "initial height",
  app_hash: "application hash",
};

/** A diff in people's words, at most `linesMax` lines a kind. */
export function diffText({ changes, counts }: GenesisDiff, linesMax = 50): string {
  if (changes.length === 0) return "The two files mean the same.";
  return headings
    .flatMap(([kind, heading]) => {
      const count = counts[kind] ?? 0;
      if (count === 0) return [];
      const lines = changes.filter((change) => change.kind === kind).slice(0, linesMax);
      const more = count > lines.length ? [`  … and ${count - lines.length} more`] : [];
      return [`${heading} (${count})`, ...lines.map((change) => `  ${lineOf(change)}`), ...more];
    })
    .join("\n");
}

function lineOf({ kind, subject, before, after, name }: Change): string {
  const what = `${name === undefined ? "" : `${JSON.stringify(name)} `}${names[subject] ?? subject}`;
  if (kind === "order")
    return "The same validators stand in another order; the chain is the same, the file's hash is not.";
  if (kind === "document" && subject === "genesis_time") return `${what}: ${before} → ${after}${apart(before, after)}`;
  if (before === null) return `${what}: ${after}`;
  if (after === null) return `${what}: was ${before}`;
  return `${what}: ${before} → ${after}`;
}

function apart(before: string | null, after: string | null): string {
  const minutes = Math.round((Date.parse(after ?? "") - Date.parse(before ?? "")) / 60_000);
  if (!Number.isFinite(minutes) || minutes === 0) return "";
  const size = Math.abs(minutes);
  const days = Math.floor(size / 1440);
  const hours = Math.floor((size % 1440) / 60);
  const parts = [days > 0 ? `${days} d` : "", hours > 0 ? `${hours} h` : "", size % 60 > 0 ? `${size % 60} min` : ""];
  return ` (${parts.filter((part) => part !== "").join(" ")} ${minutes > 0 ? "later" : "earlier"})`;
}

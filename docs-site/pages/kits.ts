import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writeDashboard } from "../monitoring/dashboard.ts";
import { deploymentBoard } from "../monitoring/deployment-board.ts";
import { nodeBoard } from "../monitoring/node-board.ts";
import type { Facts } from "./facts.ts";

const sources = join(import.meta.dirname, "../monitoring");

/** What watches this deployment, by file name. */
export function deploymentKit(): ReadonlyMap<string, string> {
  return new Map([...rulesOf("deployment"), ["dashboard.json", writeDashboard(deploymentBoard)]]);
}

/** What watches a node of a network, by file name. */
export function nodeKit(facts: Facts): ReadonlyMap<string, string> {
  const files = [...rulesOf("node"), ["dashboard.json", writeDashboard(nodeBoard)] as const];
  return new Map(files.map(([name, text]) => [name, fillKit(text, facts)]));
}

function rulesOf(kit: "deployment" | "node"): [string, string][] {
  return ["prometheus.yml", "alerts.yml"].map((name) => [name, readFileSync(join(sources, kit, name), "utf8")]);
}

/** `@word@` is a fact: Prometheus and Grafana have braces of their own. Throws on one that there isn't. */
function fillKit(source: string, { words }: Facts): string {
  return source.replace(/@(\w*)@/g, (_, key: string) => {
    const word = Object.hasOwn(words, key) ? words[key] : undefined;
    if (word === undefined) throw new Error(`there is no fact @${key}@`);
    return word;
  });
}

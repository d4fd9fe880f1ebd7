import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rules, type Severity } from "../../genesis/gentx/rules.ts";

const sections: Readonly<Record<Severity, string>> = {
  fatal: "A node refuses it",
  harmful: "It boots, and then hurts",
  advice: "Worth a word",
};

describe("docs/gentx-rules.md", () => {
  it("lists every rule of the catalogue, as the catalogue words it", () => {
    const page = readFileSync("docs/gentx-rules.md", "utf8");
    const tables = Object.entries(sections).map(([severity, title]) => {
      const rows = Object.entries(rules)
        .filter(([, rule]) => rule.severity === severity)
        .map(([id, { title: holds, remedy }]) => `| \`${id}\` | ${holds} | ${remedy} |`);
      return [`## ${title}`, "", "| rule | what must hold | where it doesn't |", "|---|---|---|", ...rows].join("\n");
    });
    expect(page.slice(page.indexOf("## ")).trimEnd()).toBe(tables.join("\n\n"));
  });
});

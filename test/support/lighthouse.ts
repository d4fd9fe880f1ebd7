import lighthouse from "lighthouse";
import { chromium } from "playwright-core";
import { freePorts } from "../devnet/ports.ts";

/** Scores from 0 to 100, and what cost points. */
export type Scores = {
  readonly scores: Readonly<Record<string, number>>;
  readonly lost: readonly string[];
};

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
];

/** Has Lighthouse judge a page as on a phone, in a browser of its own. */
export async function judgePage(executablePath: string, url: string, categories: readonly string[]): Promise<Scores> {
  const [port] = (await freePorts(1)) as [number];
  const browser = await chromium.launch({ executablePath, args: [...flags, `--remote-debugging-port=${port}`] });
  try {
    const result = await lighthouse(url, { port, onlyCategories: [...categories], logLevel: "error", output: "json" });
    if (!result) throw new Error("Lighthouse gave no result");
    const { lhr } = result;
    const scores = Object.fromEntries(
      Object.entries(lhr.categories).map(([name, { score }]) => [name, Math.round((score ?? 0) * 100)]),
    );
    const counted = Object.values(lhr.categories).flatMap(({ auditRefs }) =>
      auditRefs.filter(({ weight }) => weight > 0),
    );
    const lost = counted
      .map(({ id }) => lhr.audits[id])
      .filter((audit) => audit !== undefined && audit.score !== null && audit.score < 0.9)
      .map((audit) => `${audit?.id}: ${audit?.title} ${audit?.displayValue ?? ""}`.trim());
    return { scores, lost };
  } finally {
    await browser.close();
  }
}

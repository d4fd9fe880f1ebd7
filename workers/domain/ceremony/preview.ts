import { readBase } from "../../../genesis/ceremony/parts.ts";
import { sha256Hex } from "../../../genesis/log/bytes.ts";
import { diffGenesis } from "../../../genesis/review/diff.ts";
import { diffText } from "../../../genesis/review/diff-text.ts";
import { launchReport } from "../../../genesis/review/report.ts";
import { reportText } from "../../../genesis/review/report-text.ts";
import type { Preview, Review } from "./ceremony-api.ts";
import type { Intake } from "./hand-in.ts";
import { type Asked, refused } from "./refusals.ts";

/** Lines of one kind in a diff for people. */
const diffLinesMax = 200;

/**
 * The genesis as it would be sealed now, and what reviewers read of it. Everything follows from the log: it is made
 * once for each act, however many ask, since a public preview must cost a stranger more than it costs us.
 */
export class Previews {
  readonly #intake: Intake;
  #preview: { readonly acts: number; readonly made: Promise<Asked<Preview>> } | null = null;
  #review: { readonly acts: number; readonly made: Promise<Asked<Review>> } | null = null;

  constructor(intake: Intake) {
    this.#intake = intake;
  }

  /** Assembled now or before. */
  preview(): Promise<Asked<Preview>> {
    const acts = this.#intake.journal.state?.acts ?? 0;
    if (this.#preview?.acts === acts) return this.#preview.made;
    const made = assembled(this.#intake);
    this.#preview = { acts, made };
    // What broke is not kept.
    made.catch(() => {
      this.#preview = null;
    });
    return made;
  }

  /** The diff to the base genesis and the launch report. */
  review(): Promise<Asked<Review>> {
    const acts = this.#intake.journal.state?.acts ?? 0;
    if (this.#review?.acts === acts) return this.#review.made;
    const made = this.#reviewed();
    this.#review = { acts, made };
    made.catch(() => {
      this.#review = null;
    });
    return made;
  }

  async #reviewed(): Promise<Asked<Review>> {
    const made = await this.preview();
    const { journal, ports } = this.#intake;
    const base = journal.state?.base ?? null;
    if (!made.ok) return made;
    const bytes = base && (await ports.contents.get(base.sha256));
    if (bytes === null) throw new Error("what was assembled has no base genesis");
    const [before, after] = [readBase(bytes), readBase(made.value.genesis)];
    return {
      ok: true,
      value: {
        sha256: made.value.sha256,
        diff: diffText(diffGenesis(before, after), diffLinesMax),
        report: reportText(launchReport(after, { base: before })),
      },
    };
  }
}

async function assembled({ ports, journal, parts }: Intake): Promise<Asked<Preview>> {
  const { state } = journal;
  if (state === null) return refused({ reason: "act_forbidden", why: { reason: "not_created" } });
  if (state.base === null) return refused({ reason: "act_forbidden", why: { reason: "part_missing", part: "base" } });
  const made = ports.assemble(await parts.parts(state));
  if (!made.ok) return refused({ reason: "parts_broken", problems: made.problems });
  const { ok: _, ...value } = made;
  return { ok: true, value: { ...value, sha256: sha256Hex(value.genesis) } };
}

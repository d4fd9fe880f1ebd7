import type { GentxsLimited } from "../domain/ceremony/count-gentx.ts";
import type { CeremonyRefusal } from "../domain/ceremony/refusals.ts";
import type { WordRefusal } from "../domain/ceremony/word-refusals.ts";
import { sentenceOf } from "../domain/ceremony/words.ts";
import type { Problem } from "./problem.ts";

/** What can be wrong with a request about a ceremony before it is asked. */
export type CeremonyFailure =
  | GentxsLimited
  | { readonly reason: "ceremony_not_found"; readonly detail: string }
  | { readonly reason: "ceremony_disabled"; readonly detail: string }
  | { readonly reason: "ceremony_unreachable" }
  | { readonly reason: "unknown_gentx"; readonly operator: string }
  | { readonly reason: "genesis_not_sealed"; readonly version: number | null };

/** A finding of the judge as it goes out. */
export type GentxFinding = {
  readonly rule: string;
  readonly message: string;
  readonly said: readonly string[];
  readonly remedy: string;
  readonly value?: string;
};

/** The words of a ceremony's refusals; see `problemOf`. */
export function ceremonyProblem(refusal: WordRefusal | CeremonyFailure): Problem {
  switch (refusal.reason) {
    case "act_forbidden":
      return forbidden(refusal);
    case "gentx_refused": {
      const { failures, warnings } = refusal;
      const [first] = failures;
      const more = failures.length > 1 ? ` And ${failures.length - 1} more.` : "";
      const detail = `${first?.rule}: ${first?.message}. ${first?.remedy}${more}`.replaceAll(/\s+/g, " ");
      return { status: 422, title: "This gentx is not taken", detail, failures, warnings };
    }
    case "content_too_large":
      return { status: 413, title: "Too large", detail: `At most ${refusal.bytesMax} bytes are taken here.` };
    case "parts_broken": {
      const errors = refusal.problems.slice(0, 32).map((message) => ({ path: "", message: message.slice(0, 500) }));
      const detail = `No genesis can be made of this: ${errors[0]?.message ?? "it is broken"}`;
      return { status: 422, title: "The parts make no genesis", detail, errors };
    }
    case "seal_differs": {
      const detail = `The genesis that would be sealed now has the SHA-256 ${refusal.sha256}, not the one you named. Look at the preview again.`;
      return { status: 409, title: "Another genesis than you saw", detail };
    }
    case "ceremony_busy": {
      const detail = "So much came in at once that this was never judged against the newest state. Send it again.";
      return { status: 503, title: "Busy", detail, retryAfterS: 2 };
    }
    case "word_refused":
    case "challenge_unknown":
    case "challenge_expired":
    case "wrong_file":
    case "node_not_tied":
      return wordProblem(refusal);
    case "ceremony_not_found":
      return { status: 404, title: "No ceremony", detail: refusal.detail };
    case "ceremony_disabled":
      return { status: 503, title: "The ceremony is closed", detail: refusal.detail };
    case "ceremony_unreachable": {
      const detail =
        "The ceremony did not answer. A gentx is handed in again freely; before an act is done again, look whether it stands.";
      return { status: 503, title: "No answer", detail, retryAfterS: 5 };
    }
    case "gentxs_limited": {
      const { width, retryAtMs } = refusal;
      const detail = `This ${width} has handed in its gentxs of the day; it may go on at ${new Date(retryAtMs).toISOString()}. They are judged offline too: npm run genesis -- check.`;
      return { status: 429, title: "Too many gentxs", detail, retryAtMs };
    }
    case "unknown_gentx": {
      const detail = `No gentx of ${refusal.operator} stands in this ceremony.`;
      return { status: 404, title: "No such gentx", detail };
    }
    case "genesis_not_sealed": {
      const { version } = refusal;
      const what = version === null ? "No genesis is sealed yet" : `No genesis was sealed as version ${version}`;
      return { status: 404, title: "No sealed genesis", detail: `${what}; preview.json shows what would be.` };
    }
  }
}

function forbidden({ why }: Extract<WordRefusal, { reason: "act_forbidden" }>): Problem {
  const retry = why.reason === "too_early" ? { retryAtMs: why.untilMs } : {};
  return {
    status: 409,
    title: "The ceremony does not allow it",
    detail: sentenceOf(why),
    why: why.reason,
    ...retry,
  };
}

type OwnOfWords = Exclude<WordRefusal, CeremonyRefusal>;

function wordProblem(refusal: OwnOfWords): Problem {
  switch (refusal.reason) {
    case "word_refused": {
      const errors = refusal.flaws.slice(0, 32).map(({ rule, message, said }) => ({ path: rule, message, said }));
      const detail = errors.map(({ path, message }) => `${path}: ${message}`).join("; ");
      return { status: 422, title: "This word is not taken", detail: detail.slice(0, 2000), errors };
    }
    case "challenge_unknown": {
      const detail =
        "Its nonce was not made here for this operator, purpose and expiry. Ask for the challenge again and sign that.";
      return { status: 422, title: "Not a challenge of ours", detail };
    }
    case "challenge_expired": {
      const detail = `Its challenge ended at ${new Date(refusal.endedMs).toISOString()}. Ask for another and sign that.`;
      return { status: 422, title: "The challenge has expired", detail };
    }
    case "wrong_file": {
      const { version, expected } = refusal;
      const detail = `You hold another file than the sealed version ${version}, whose SHA-256 is ${expected}. Download genesis.json again and compare.`;
      return { status: 409, title: "Another genesis than the sealed one", detail };
    }
    case "node_not_tied": {
      const detail = `Neither the attestation nor the gentx of ${refusal.operator} names the node ${refusal.node}. Attest again with that node's id.`;
      return { status: 409, title: "Not this operator's node", detail };
    }
  }
}

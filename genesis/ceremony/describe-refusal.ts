import type { ActRefusal } from "./state.ts";

const utc = (ms: number) => new Date(ms).toISOString();

/** Why an act is not taken, as a sentence in plain words. */
export function describeRefusal(refusal: ActRefusal): string {
  switch (refusal.reason) {
    case "not_created":
      return "the ceremony was not created yet";
    case "already_created":
      return "the ceremony was created before";
    case "time_backwards":
      return `the time lies before that of the newest act, ${utc(refusal.newestMs)}`;
    case "wrong_phase":
      return `the ceremony is in phase ${refusal.phase}${refusal.wants.length > 0 ? `; this belongs to ${refusal.wants.join(", ")}` : ", which ends it"}`;
    case "no_such_move":
      return `there is no way from ${refusal.from} to ${refusal.to}`;
    case "wrong_actor":
      return `only ${{ coordinator: "a coordinator", clock: "the clock", operator: "the operator" }[refusal.wants]} may do this`;
    case "reason_missing":
      return "this needs a reason";
    case "second_person_missing":
      return "this needs two coordinators who agree";
    case "too_early":
      return `not before ${utc(refusal.untilMs)}`;
    case "too_late":
      return `not from ${utc(refusal.sinceMs)} on`;
    case "fixed_after_draft":
      return `${refusal.names.join(", ")} can change in the draft only`;
    case "nothing_changed":
      return "nothing would change";
    case "part_missing":
      return `the ${refusal.part} ${refusal.part === "base" ? "genesis is" : "are"} missing`;
    case "not_on_allowlist":
      return "the operator is not on the list of those who may hand in";
    case "gentx_stands":
      return `a gentx of this operator stands, ${refusal.sha256}`;
    case "gentx_does_not_stand":
      return `the operator's gentx that stands is ${refusal.sha256 ?? "none"}`;
    case "gentx_spent":
      return "this gentx was handed in before; to have it stand again, sign one that differs (in its details, say)";
    case "too_many":
      return `more than ${refusal.max} ${refusal.of}`;
    case "wrong_version":
      return `the version is ${refusal.expected}`;
    case "wrong_hash":
      return `the sealed genesis has the SHA-256 ${refusal.expected}`;
    case "not_in_genesis":
      return "the operator has no gentx in the sealed genesis";
    case "word_not_newer":
      return "the operator's word that stands was asked for as late or later; ask for a new nonce and sign again";
    case "gate_closed":
      return `${refusal.attested} of ${refusal.total} power attested the genesis; ${refusal.percent} % are needed`;
  }
}

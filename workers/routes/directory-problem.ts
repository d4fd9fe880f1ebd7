import type { RegistrationsLimited } from "../domain/validator/count-write.ts";
import type { DirectoryRefusal } from "../domain/validator/refusals.ts";
import type { Problem } from "./problem.ts";

/** What can be wrong with a request about validators before their directory is asked. */
export type DirectoryFailure =
  | RegistrationsLimited
  | { readonly reason: "directory_not_found"; readonly detail: string }
  | { readonly reason: "directory_closed"; readonly detail: string };

const fields = { moniker: "moniker, or one that looks the same,", peer: "node id", consensusKey: "consensus key" };

/** The words of refusals about validators' sign-up; see `problemOf`. */
export function directoryProblem(refusal: DirectoryRefusal | DirectoryFailure): Problem {
  switch (refusal.reason) {
    case "nonce_spent": {
      const detail =
        "What was signed has done its work already. Look whether the registration stands; for another change ask for a new challenge.";
      return { status: 409, title: "Signed once, used once", detail };
    }
    case "registration_exists": {
      const detail = `This operator's registration is ${refusal.state}. Amend it: PUT …/validators/{operator}.`;
      return { status: 409, title: "Registered already", detail };
    }
    case "unknown_registration": {
      const detail = `There is no registration of ${refusal.operator}.`;
      return { status: 404, title: "Not registered", detail };
    }
    case "registration_changed": {
      const detail = `The registration is at revision ${refusal.rev} now, not at the one that this is about. Look at it again.`;
      return { status: 409, title: "It has changed", detail };
    }
    case "registration_state": {
      const detail = `The registration is ${refusal.state}; that can't be done in this state.`;
      return { status: 409, title: "Not in this state", detail };
    }
    case "registration_clash": {
      const detail = `The approved registration of ${refusal.operator} has the same ${fields[refusal.field]} already.`;
      return { status: 409, title: "Taken by another", detail };
    }
    case "registrations_full": {
      const detail = `${refusal.most} registrations wait for a coordinator, which is as many as may. Try again later.`;
      return { status: 503, title: "Too many wait", detail, retryAfterS: 3600 };
    }
    case "not_on_allowlist": {
      const detail = `Sign-up is for the accounts that the network's coordinators listed; ${refusal.operator} is not among them.`;
      return { status: 403, title: "Not on the list", detail };
    }
    case "registrations_limited": {
      const { width, retryAtMs } = refusal;
      const detail = `This ${width} has sent its registrations and changes of the day; it may go on at ${new Date(retryAtMs).toISOString()}.`;
      return { status: 429, title: "Too many registrations", detail, retryAtMs };
    }
    case "directory_not_found":
      return { status: 404, title: "No sign-up", detail: refusal.detail };
    case "directory_closed":
      return { status: 503, title: "Sign-up is closed", detail: refusal.detail };
  }
}

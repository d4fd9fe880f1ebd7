import { credentialWords } from "../domain/access/credential.ts";
import type { GrantRefusal } from "../domain/access/grant.ts";
import type { AdminRefusal } from "../domain/admin/refusals.ts";
import type { OperatorRefusal } from "../domain/claim/operator-acts.ts";
import type { Problem } from "./problem.ts";

/** The words of refusals of an admin's key; see `problemOf`. */
export function adminProblem(refusal: AdminRefusal): Problem {
  const authenticate = 'Bearer realm="wellspring admin"';
  switch (refusal.reason) {
    case "admin_key_missing": {
      const detail = "This needs an admin key: send it as `Authorization: Bearer wsa_…`.";
      return { status: 401, title: "An admin key is needed", detail, authenticate };
    }
    case "admin_key_invalid": {
      const detail = "This deployment knows no such admin key (setting ADMIN_KEYS).";
      return { status: 401, title: "Not an admin key of this deployment", detail, authenticate };
    }
    case "role_missing": {
      const detail = `This takes the role ${refusal.role}; your key has ${refusal.held.join(", ")}.`;
      return { status: 403, title: "Your key may not do this", detail };
    }
    case "admin_tries_spent": {
      const detail = `This ${refusal.width} has tried too many wrong keys. A right one is still let in.`;
      return { status: 429, title: "Too many wrong keys", detail, retryAtMs: refusal.retryAtMs };
    }
  }
}

/** The words of refusals of operators' acts. */
export function operatorProblem(refusal: OperatorRefusal): Problem {
  switch (refusal.reason) {
    case "not_paused":
      return { status: 409, title: "Not paused", detail: "The faucet is not paused; nothing was changed." };
    case "budget_not_set": {
      const detail = "The budget is the network file's already; nothing was changed.";
      return { status: 404, title: "No budget was set", detail };
    }
    case "not_denied":
      return { status: 404, title: "Not denied", detail: `The address ${refusal.address} is not denied.` };
    case "deny_list_full": {
      const detail = `The deny list holds ${refusal.max} addresses, which is as many as it may.`;
      return { status: 409, title: "The deny list is full", detail };
    }
  }
}

/** The words of refusals about keys and codes. */
export function grantProblem(refusal: GrantRefusal): Problem {
  switch (refusal.reason) {
    case "unknown_grant": {
      const { kind, id } = refusal;
      const detail = `This faucet has no ${credentialWords[kind]} ${id.slice(0, 64)}.`;
      return { status: 404, title: `Unknown ${credentialWords[kind]}`, detail };
    }
    case "grant_exists": {
      const detail = "This secret was given out before, and may be revoked or expired by now. Choose another.";
      return { status: 409, title: "It was given out before", detail };
    }
    case "grant_revoked":
      return { status: 409, title: "It was revoked", detail: `${refusal.id} was revoked for ever; make a new one.` };
    case "grant_not_rotatable": {
      const detail = `${refusal.id} is an event code, the same for all who hold it: revoke it and make another.`;
      return { status: 409, title: "A code is not rotated", detail };
    }
    case "grant_denoms": {
      const detail = `The faucet does not pay ${refusal.denom}; it pays ${refusal.available.join(", ")}.`;
      return { status: 422, title: "Unknown denom", detail };
    }
    case "grants_full": {
      const detail = `This faucet keeps ${refusal.most} keys and codes, which is as many as it may.`;
      return { status: 409, title: "No room for another", detail };
    }
    case "secret_shown": {
      const detail =
        "An act with this Idempotency-Key was done before, and a secret is shown once. Whoever lost it revokes what the list shows and makes another under a new key.";
      return { status: 409, title: "The secret was shown before", detail };
    }
  }
}

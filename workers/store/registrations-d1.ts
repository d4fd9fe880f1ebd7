import type { AuditRow } from "../domain/claim/operator-records.ts";
import { readCoins, writeCoins } from "../domain/shared/coin.ts";
import type {
  Changed,
  Clash,
  DirectoryAct,
  ProvedContent,
  RegistrationPage,
  RegistrationStore,
  Review,
  SpentNonce,
} from "../domain/validator/ports.ts";
import type { DirectoryRefusal } from "../domain/validator/refusals.ts";
import type {
  Claims,
  OperatorProfile,
  ProofKind,
  Registration,
  RegistrationState,
} from "../domain/validator/registration.ts";
import {
  amendSql,
  auditSql,
  clashesSql,
  columns,
  dropContactSql,
  dropLookSql,
  keepContactSql,
  pruneSql,
  registerSql,
  reviewSql,
  spendSql,
  standsSql,
  withdrawSql,
} from "./registration-sql.ts";

type Row = {
  readonly operator: string | null;
  readonly state: RegistrationState;
  readonly profile: string | null;
  readonly proof: ProofKind;
  readonly rev: number;
  readonly reason: string;
  readonly allocation: string | null;
  readonly createdAtMs: number;
  readonly changedAtMs: number;
  readonly grantedAtMs: number | null;
  readonly actId: string;
};
type Standing = Row & { readonly spent: 0 | 1 };
type Values = readonly (string | number | null)[];
/** What an act says of itself in the audit. */
type Told = { readonly act: string; readonly detail: object };

/** Rows of one page, whoever asks. */
const pageMax = 1000;

/**
 * {@link RegistrationStore} of one chain on D1, which is the only copy. A batch is one transaction, and D1 has one
 * writer: its first statement decides, and what follows hangs on whether that one changed the row.
 */
export class D1Registrations implements RegistrationStore {
  readonly #db: D1Database;
  readonly #chainId: string;

  constructor(db: D1Database, chainId: string) {
    this.#db = db;
    this.#chainId = chainId;
  }

  async register(content: ProvedContent, pendingMax: number, act: DirectoryAct): Promise<Changed> {
    const decide = this.#bind(registerSql, ...this.#contentValues(content, act), pendingMax);
    const told = { act: "register", detail: { proof: content.proof } };
    const after = await this.#write(decide, content.operator, content.nonce, act, told, content.contact);
    return outcome(after, act, ({ operator, state }) => {
      const full = { reason: "registrations_full", most: pendingMax } as const;
      if (operator === null) return full;
      if (state !== "withdrawn") return { reason: "registration_exists", state };
      return content.proof === "gentx" ? { reason: "registration_state", state } : full;
    });
  }

  async amend(content: ProvedContent, rev: number, to: "pending" | "approved", act: DirectoryAct): Promise<Changed> {
    const decide = this.#bind(amendSql, ...this.#contentValues(content, act), rev, to);
    const told = { act: "amend", detail: { proof: content.proof, to } };
    const after = await this.#write(decide, content.operator, content.nonce, act, told, content.contact);
    return this.#outcomeOfRev(after, act, rev, content.operator, content.claims);
  }

  async withdraw(operator: string, nonce: SpentNonce, act: DirectoryAct): Promise<Changed> {
    const decide = this.#bind(withdrawSql, this.#chainId, operator, nonce.id, act.atMs, act.actId);
    const after = await this.#write(decide, operator, nonce, act, { act: "withdraw", detail: {} }, null);
    return outcome(after, act, ({ operator: found, state }) =>
      found === null ? { reason: "unknown_registration", operator } : { reason: "registration_state", state },
    );
  }

  async review(operator: string, rev: number, review: Review, act: DirectoryAct): Promise<Changed> {
    const reason = review.to === "rejected" ? review.reason : "";
    const coin = review.to === "approved" ? review.allocation : null;
    const allocation = coin && writeCoins([coin]);
    const values = [this.#chainId, operator, review.to, reason, allocation, rev, act.atMs, act.actId];
    const detail = { rev, ...(reason === "" ? {} : { reason }), ...(allocation === null ? {} : { allocation }) };
    const told = { act: review.to === "approved" ? "approve" : "reject", detail };
    const after = await this.#write(this.#bind(reviewSql, ...values), operator, null, act, told, undefined);
    return this.#outcomeOfRev(after, act, rev, operator, null);
  }

  async noteGrant(operator: string, grantId: string, act: DirectoryAct): Promise<void> {
    const sql =
      "UPDATE registrations SET granted_at_ms = ?3, act_id = ?4 WHERE chain_id = ?1 AND operator = ?2 AND state = 'approved'";
    const decide = this.#bind(sql, this.#chainId, operator, act.atMs, act.actId);
    await this.#write(decide, operator, null, act, { act: "faucet_grant", detail: { id: grantId } }, undefined);
  }

  async contact(operator: string, act: DirectoryAct): Promise<string | null> {
    await this.#touch(operator, act, "contact_read", undefined);
    const sql = "SELECT contact FROM registration_contacts WHERE chain_id = ?1 AND operator = ?2";
    const found = await this.#bind(sql, this.#chainId, operator).first<{ contact: string }>();
    return found?.contact ?? null;
  }

  async eraseContact(operator: string, act: DirectoryAct): Promise<void> {
    await this.#touch(operator, act, "contact_erased", null);
  }

  async one(operator: string): Promise<Registration | null> {
    const row = await this.#bind(
      `SELECT ${columns} FROM registrations r WHERE r.chain_id = ?1 AND r.operator = ?2`,
      this.#chainId,
      operator,
    ).first<Row>();
    return row && readRow(row);
  }

  async page({ after, state, limit }: RegistrationPage): Promise<Registration[]> {
    const { results } = await this.#bind(
      `SELECT ${columns} FROM registrations r
      WHERE r.chain_id = ?1 AND r.operator > ?2 AND (?3 IS NULL OR r.state = ?3) ORDER BY r.operator LIMIT ?4`,
      ...[this.#chainId, after, state, Math.min(limit, pageMax)],
    ).all<Row>();
    return results.map(readRow);
  }

  async known(operators: readonly string[]): Promise<ReadonlySet<string>> {
    const sql = `SELECT operator FROM registrations
      WHERE chain_id = ?1 AND operator IN (SELECT value FROM json_each(?2))`;
    const { results } = await this.#bind(sql, this.#chainId, JSON.stringify(operators)).all<{ operator: string }>();
    return new Set(results.map(({ operator }) => operator));
  }

  async clashes(operator: string, { skeleton, nodeId, consensusKey }: Claims): Promise<Clash[]> {
    const values = [this.#chainId, operator, skeleton, nodeId, consensusKey];
    return (await this.#bind(clashesSql, ...values).all<Clash>()).results;
  }

  async audit(before: number | null, limit: number): Promise<AuditRow[]> {
    const sql = `SELECT n, at_ms AS atMs, actor, act, subject, detail FROM registration_audit
      WHERE chain_id = ?1 AND (?2 IS NULL OR n < ?2) ORDER BY n DESC LIMIT ?3`;
    return (await this.#bind(sql, this.#chainId, before, Math.min(limit, 100)).all<AuditRow>()).results;
  }

  /** An act that changes nothing of the entry itself. */
  async #touch(operator: string, act: DirectoryAct, name: string, contact: null | undefined): Promise<void> {
    const sql = "UPDATE registrations SET act_id = ?3 WHERE chain_id = ?1 AND operator = ?2";
    const decide = this.#bind(sql, this.#chainId, operator, act.actId);
    await this.#write(decide, operator, null, act, { act: name, detail: {} }, contact);
  }

  /** Runs the statement that decides, and in the same transaction all that hangs on it. Answers how it stands then. */
  async #write(
    decide: D1PreparedStatement,
    operator: string,
    nonce: SpentNonce | null,
    { actId, actor, atMs }: DirectoryAct,
    { act, detail }: Told,
    contact: string | null | undefined,
  ): Promise<Standing> {
    const done = [this.#chainId, operator, actId] as const;
    const statements = [decide];
    if (nonce !== null) statements.push(this.#bind(spendSql, ...done, nonce.id, nonce.expiresAtMs));
    if (contact === null) statements.push(this.#bind(dropContactSql, ...done));
    else if (contact !== undefined) statements.push(this.#bind(keepContactSql, ...done, contact));
    if (act === "withdraw") statements.push(this.#bind(dropLookSql, ...done));
    statements.push(this.#bind(auditSql, ...done, atMs, actor, act, JSON.stringify(detail)));
    statements.push(this.#bind(pruneSql, atMs));
    statements.push(this.#bind(standsSql, this.#chainId, operator, nonce?.id ?? ""));
    const results = await this.#db.batch<Standing>(statements);
    const after = results.at(-1)?.results[0];
    if (after === undefined) throw new Error("a question that always has one row had none");
    return after;
  }

  /** Why an act on a revision was not done; the clash is looked up only then. */
  async #outcomeOfRev(
    after: Standing,
    act: DirectoryAct,
    rev: number,
    operator: string,
    claims: Claims | null,
  ): Promise<Changed> {
    const own = claims ?? (await this.#claimsOf(operator));
    const [clash] = after.actId === act.actId || own === null ? [] : await this.clashes(operator, own);
    return outcome(after, act, ({ operator: found, state, rev: now }) => {
      if (found === null) return { reason: "unknown_registration", operator };
      if (state === "withdrawn") return { reason: "registration_state", state };
      if (now !== rev || clash === undefined) return { reason: "registration_changed", rev: now };
      return { reason: "registration_clash", ...clash };
    });
  }

  #claimsOf(operator: string): Promise<Claims | null> {
    const sql = `SELECT skeleton, node_id AS nodeId, consensus_key AS consensusKey FROM registrations
      WHERE chain_id = ?1 AND operator = ?2`;
    return this.#bind(sql, this.#chainId, operator).first<Claims>();
  }

  #contentValues({ operator, nonce, profile, proof, claims }: ProvedContent, { atMs, actId }: DirectoryAct): Values {
    const { skeleton, nodeId, consensusKey } = claims;
    const said = [this.#chainId, operator, nonce.id, JSON.stringify(profile), proof];
    return [...said, skeleton, nodeId, consensusKey, atMs, actId];
  }

  #bind(sql: string, ...values: Values): D1PreparedStatement {
    return this.#db.prepare(sql).bind(...values);
  }
}

function outcome(after: Standing, { actId }: DirectoryAct, refuse: (after: Standing) => DirectoryRefusal): Changed {
  if (after.actId === actId) return { ok: true, value: readRow(after) };
  return { ok: false, refusal: after.spent === 1 ? { reason: "nonce_spent" } : refuse(after) };
}

function readRow({ operator, profile, allocation, actId: _own, ...same }: Row): Registration {
  const [coin] = allocation === null ? [] : readCoins(allocation);
  return {
    ...{ state: same.state, proof: same.proof, rev: same.rev, reason: same.reason },
    ...{ createdAtMs: same.createdAtMs, changedAtMs: same.changedAtMs, grantedAtMs: same.grantedAtMs },
    operator: operator ?? "",
    // What stands there was checked before it was written.
    profile: profile === null ? null : (JSON.parse(profile) as OperatorProfile),
    allocation: coin ?? null,
  };
}

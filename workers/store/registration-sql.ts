/** The columns of a registration as {@link RegistrationRow} names them; `r` is the table. */
export const columns = `r.operator, r.state, r.profile, r.proof, r.rev, r.reason, r.allocation,
  r.created_at_ms AS createdAtMs, r.changed_at_ms AS changedAtMs, r.granted_at_ms AS grantedAtMs, r.act_id AS actId`;

/** This nonce (?3) has not done its work. */
const unspent = "NOT EXISTS (SELECT 1 FROM registration_nonces WHERE chain_id = ?1 AND nonce = ?3)";

/**
 * ?1 chain, ?2 operator, ?3 nonce, ?4 profile, ?5 proof, ?6 to ?8 claims, ?9 time, ?10 act, ?11 the most that wait.
 * Gentxs are public: whoever withdrew is brought back by their own signature alone.
 */
export const registerSql = `
INSERT INTO registrations (chain_id, operator, state, profile, proof, rev, reason, allocation,
  skeleton, node_id, consensus_key, created_at_ms, changed_at_ms, granted_at_ms, act_id)
SELECT ?1, ?2, 'pending', ?4, ?5, 1, '', NULL, ?6, ?7, ?8, ?9, ?9, NULL, ?10
WHERE ${unspent}
  AND (SELECT count(*) FROM registrations WHERE chain_id = ?1 AND state = 'pending') < ?11
ON CONFLICT (chain_id, operator) DO UPDATE SET state = 'pending', profile = excluded.profile, proof = excluded.proof,
  rev = rev + 1, reason = '', allocation = NULL, skeleton = excluded.skeleton, node_id = excluded.node_id,
  consensus_key = excluded.consensus_key, changed_at_ms = excluded.changed_at_ms, act_id = excluded.act_id
WHERE state = 'withdrawn' AND excluded.proof <> 'gentx'`;

/** As {@link registerSql}, but ?11 the revision that is replaced, and ?12 the state after it. */
export const amendSql = `
UPDATE registrations SET state = ?12, profile = ?4, proof = ?5, rev = rev + 1, reason = '',
  skeleton = ?6, node_id = ?7, consensus_key = ?8, changed_at_ms = ?9, act_id = ?10
WHERE chain_id = ?1 AND operator = ?2 AND rev = ?11 AND state <> 'withdrawn' AND ${unspent}
  AND (?12 <> 'approved' OR NOT EXISTS (
    SELECT 1 FROM registrations o WHERE o.chain_id = ?1 AND o.state = 'approved' AND o.operator <> ?2
      AND (o.skeleton = ?6 OR o.node_id = ?7 OR o.consensus_key = ?8)))`;

/** ?1 chain, ?2 operator, ?3 nonce, ?4 time, ?5 act. */
export const withdrawSql = `
UPDATE registrations SET state = 'withdrawn', profile = NULL, rev = rev + 1, reason = '', allocation = NULL,
  skeleton = NULL, node_id = NULL, consensus_key = NULL, changed_at_ms = ?4, act_id = ?5
WHERE chain_id = ?1 AND operator = ?2 AND state <> 'withdrawn' AND ${unspent}`;

/** ?1 chain, ?2 operator, ?3 state after it, ?4 reason, ?5 allocation, ?6 revision, ?7 time, ?8 act. */
export const reviewSql = `
UPDATE registrations SET state = ?3, reason = ?4, allocation = ?5, rev = rev + 1, changed_at_ms = ?7, act_id = ?8
WHERE chain_id = ?1 AND operator = ?2 AND rev = ?6 AND state <> 'withdrawn'
  AND (?3 <> 'approved' OR NOT EXISTS (
    SELECT 1 FROM registrations o WHERE o.chain_id = ?1 AND o.state = 'approved' AND o.operator <> ?2
      AND (o.skeleton = registrations.skeleton OR o.node_id = registrations.node_id
        OR o.consensus_key = registrations.consensus_key)))`;

/** The act ?3 changed the registration: everything else that it writes hangs on that. */
const done = "EXISTS (SELECT 1 FROM registrations WHERE chain_id = ?1 AND operator = ?2 AND act_id = ?3)";

/** ?4 nonce, ?5 until when it is kept. */
export const spendSql = `
INSERT INTO registration_nonces (chain_id, nonce, expires_at_ms) SELECT ?1, ?4, ?5 WHERE ${done}`;

/** ?4 contact. */
export const keepContactSql = `
INSERT INTO registration_contacts (chain_id, operator, contact) SELECT ?1, ?2, ?4 WHERE ${done}
ON CONFLICT (chain_id, operator) DO UPDATE SET contact = excluded.contact`;

/** Erases the contact. */
export const dropContactSql = `DELETE FROM registration_contacts WHERE chain_id = ?1 AND operator = ?2 AND ${done}`;

/** Erases what was seen of their node. */
export const dropLookSql = `DELETE FROM peer_looks WHERE chain_id = ?1 AND operator = ?2 AND ${done}`;

/** ?4 time, ?5 actor, ?6 act, ?7 detail. */
export const auditSql = `
INSERT INTO registration_audit (chain_id, at_ms, actor, act, subject, detail) SELECT ?1, ?4, ?5, ?6, ?2, ?7 WHERE ${done}`;

/** Some nonces that would be refused as expired: ?1 the time. */
export const pruneSql = `
DELETE FROM registration_nonces WHERE (chain_id, nonce) IN (
  SELECT chain_id, nonce FROM registration_nonces WHERE expires_at_ms < ?1 LIMIT 100)`;

/** How it stands after an act, and whether the nonce ?3 has done its work. */
export const standsSql = `
SELECT ${columns}, EXISTS (SELECT 1 FROM registration_nonces WHERE chain_id = ?1 AND nonce = ?3) AS spent
FROM (SELECT 1) LEFT JOIN registrations r ON r.chain_id = ?1 AND r.operator = ?2`;

/** Approved ones of others that share one of ?3 to ?5. */
export const clashesSql = `
SELECT operator, CASE WHEN skeleton = ?3 THEN 'moniker' WHEN node_id = ?4 THEN 'peer' ELSE 'consensusKey' END AS field
FROM registrations WHERE chain_id = ?1 AND operator <> ?2 AND state = 'approved'
  AND (skeleton = ?3 OR node_id = ?4 OR consensus_key = ?5)
ORDER BY operator LIMIT 8`;

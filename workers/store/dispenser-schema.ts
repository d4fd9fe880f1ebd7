import { migrateObject } from "./migrate-object.ts";

/**
 * The dispenser's own tables, one step a version. A step that has shipped never changes; add another.
 *
 * Rows written: a claim costs three (its row, its id, its recipient) and is never updated: its state follows from
 * the batch that covers it; by a credential one more. A batch costs six when it is signed and two when it settles, whatever it holds.
 */
export const schemaSteps: readonly string[] = [
  `CREATE TABLE claims (
     seq INTEGER PRIMARY KEY,
     id TEXT NOT NULL,
     recipient TEXT NOT NULL,
     coins TEXT NOT NULL,
     epoch INTEGER NOT NULL,
     created_at_ms INTEGER NOT NULL,
     route TEXT NOT NULL
   ) STRICT;
   CREATE TABLE nonces (id TEXT PRIMARY KEY, expires_at_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
   CREATE INDEX nonces_expired ON nonces (expires_at_ms);
   CREATE UNIQUE INDEX claims_id ON claims (id);
   CREATE INDEX claims_recipient ON claims (recipient, epoch);

   CREATE TABLE batches (
     n INTEGER PRIMARY KEY,
     id TEXT NOT NULL,
     epoch INTEGER NOT NULL,
     from_seq INTEGER NOT NULL,
     to_seq INTEGER NOT NULL,
     hash TEXT NOT NULL,
     bytes BLOB NOT NULL,
     signer TEXT NOT NULL,
     reserves TEXT NOT NULL,
     timeout_height INTEGER NOT NULL,
     anchor_height INTEGER NOT NULL,
     anchor_hash TEXT NOT NULL,
     fee TEXT NOT NULL,
     attempt INTEGER NOT NULL,
     signed_at_ms INTEGER NOT NULL,
     state TEXT NOT NULL CHECK (state IN ('pending', 'paid', 'failed', 'dead')),
     height INTEGER,
     code TEXT,
     reason TEXT,
     changed_at_ms INTEGER NOT NULL,
     rev INTEGER NOT NULL
   ) STRICT;
   CREATE UNIQUE INDEX batches_id ON batches (id);
   CREATE UNIQUE INDEX batches_hash ON batches (hash);
   CREATE UNIQUE INDEX batches_rev ON batches (rev);
   CREATE INDEX batches_range ON batches (from_seq, n, to_seq);
   CREATE INDEX batches_pending ON batches (n) WHERE state = 'pending';

   CREATE TABLE retries (from_seq INTEGER PRIMARY KEY, to_seq INTEGER NOT NULL, attempt INTEGER NOT NULL) STRICT;

   CREATE TABLE state (one INTEGER PRIMARY KEY CHECK (one = 1), body TEXT NOT NULL) STRICT;`,
  // What operators did and set; a pause and a budget stand in `state`.
  `CREATE TABLE audit (
     n INTEGER PRIMARY KEY,
     id TEXT NOT NULL,
     at_ms INTEGER NOT NULL,
     actor TEXT NOT NULL,
     act TEXT NOT NULL,
     subject TEXT NOT NULL,
     detail TEXT NOT NULL
   ) STRICT;
   CREATE UNIQUE INDEX audit_id ON audit (id);
   CREATE TABLE denied (
     address TEXT PRIMARY KEY, reason TEXT NOT NULL, actor TEXT NOT NULL, at_ms INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;`,
  // Credentials: whose quota a claim counts for, and the API keys and event codes that were given out.
  `ALTER TABLE claims ADD COLUMN credential TEXT;
   CREATE INDEX claims_credential ON claims (credential, epoch, created_at_ms) WHERE credential IS NOT NULL;
   CREATE TABLE grants (
     id TEXT PRIMARY KEY,
     kind TEXT NOT NULL CHECK (kind IN ('key', 'code')),
     hash TEXT NOT NULL,
     old_hash TEXT,
     old_until_ms INTEGER,
     label TEXT NOT NULL,
     denoms TEXT NOT NULL,
     per_day INTEGER NOT NULL,
     budget INTEGER,
     expires_at_ms INTEGER,
     created_at_ms INTEGER NOT NULL,
     rotated_at_ms INTEGER,
     revoked_at_ms INTEGER
   ) STRICT, WITHOUT ROWID;
   CREATE UNIQUE INDEX grants_hash ON grants (hash);
   CREATE INDEX grants_old_hash ON grants (old_hash) WHERE old_hash IS NOT NULL;`,
  // What is counted for operators, and what is to be told to their receiver.
  `CREATE TABLE tally (one INTEGER PRIMARY KEY CHECK (one = 1), body TEXT NOT NULL) STRICT;
   CREATE TABLE outgoing (
     n INTEGER PRIMARY KEY,
     id TEXT NOT NULL,
     event TEXT NOT NULL,
     body TEXT NOT NULL,
     tries INTEGER NOT NULL,
     next_at_ms INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX outgoing_due ON outgoing (next_at_ms);`,
];

/** Brings the tables to the newest version. Throws on a database written by a newer release. */
export function migrateDispenser(storage: DurableObjectStorage, nowMs: number): void {
  migrateObject(storage, "dispenser", schemaSteps, nowMs);
}

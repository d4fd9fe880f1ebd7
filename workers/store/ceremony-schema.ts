/**
 * A ceremony's own tables, one step a version; a step that has shipped never changes. Leaves, nodes and contents are
 * only ever added: they are the log (docs/adr/0004-a-ceremonys-log-is-its-truth.md). A content lies in pieces, since a
 * row holds at most 2 MB.
 *
 * Rows written: a gentx costs its content, its leaf, one or two nodes, and its audit row.
 */
export const ceremonySteps: readonly string[] = [
  `CREATE TABLE leaves (n INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
   CREATE TABLE nodes (
     level INTEGER NOT NULL, n INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (level, n)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE contents (
     sha256 TEXT NOT NULL, piece INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (sha256, piece)
   ) STRICT;
   CREATE TABLE wishes (
     intent TEXT PRIMARY KEY, actor TEXT NOT NULL, at_ms INTEGER NOT NULL, reason TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE audit (
     n INTEGER PRIMARY KEY,
     id TEXT NOT NULL,
     at_ms INTEGER NOT NULL,
     actor TEXT NOT NULL,
     act TEXT NOT NULL,
     subject TEXT NOT NULL,
     detail TEXT NOT NULL
   ) STRICT;
   CREATE TABLE dissents (
     operator TEXT PRIMARY KEY, version INTEGER NOT NULL, sha256 TEXT NOT NULL, acts INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE refusals (one INTEGER PRIMARY KEY CHECK (one = 1), count INTEGER NOT NULL) STRICT;`,
];

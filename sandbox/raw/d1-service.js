import { DurableObject } from "cloudflare:workers";

/**
 * D1 for a bare workerd: one SQLite Durable Object that speaks the wire format behind workerd's own D1 binding
 * (`cloudflare-internal:d1-api`). That format is internal: workerd is pinned, and test/launcher holds the two together.
 */
export class Database extends DurableObject {
  async fetch(request) {
    const body = await request.json();
    const format = new URL(request.url).searchParams.get("resultsFormat") ?? "ARRAY_OF_OBJECTS";
    try {
      const queries = Array.isArray(body) ? body : [body];
      const results = this.ctx.storage.transactionSync(() => queries.map((query) => this.#run(query, format)));
      return Response.json(results);
    } catch (error) {
      return Response.json({ success: false, error: String(error?.message ?? error) });
    }
  }

  #run({ sql, params }, format) {
    const values = (params ?? []).map((value) => (Array.isArray(value) ? new Uint8Array(value) : value));
    const cursor = this.ctx.storage.sql.exec(sql, ...values);
    const columns = cursor.columnNames;
    const rows = [...cursor.raw()].map((row) =>
      row.map((value) => (value instanceof ArrayBuffer ? [...new Uint8Array(value)] : value)),
    );
    const objects = () => rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index]])));
    const results = format === "ROWS_AND_COLUMNS" ? { columns, rows } : objects();
    const { rowsRead, rowsWritten } = cursor;
    const meta = {
      served_by: "sandbox",
      duration: 0,
      changes: rowsWritten,
      last_row_id: 0,
      changed_db: rowsWritten > 0,
      size_after: this.ctx.storage.sql.databaseSize,
      rows_read: rowsRead,
      rows_written: rowsWritten,
    };
    return { success: true, results: format === "NONE" ? [] : results, meta };
  }
}

export default {
  fetch: (request, env) => env.DATABASE.getByName("one").fetch(request),
};

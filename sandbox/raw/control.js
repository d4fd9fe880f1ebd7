/**
 * A bare workerd has no cron and no command line into its database: this service, on a socket of its own, is both.
 * `POST /scheduled` runs the Worker's cron; `POST /query` hands statements to D1.
 */
export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url);
    if (request.method === "POST" && pathname === "/scheduled") {
      await env.MAIN.scheduled({ cron: "* * * * *" });
      return Response.json({ ok: true });
    }
    if (request.method === "POST" && pathname === "/query") {
      return env.D1.fetch("http://d1/query", { method: "POST", body: await request.text() });
    }
    return new Response("not found", { status: 404 });
  },
};

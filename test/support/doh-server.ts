import { createServer } from "node:http";

/** A resolver on this machine that speaks DNS over HTTPS in JSON. */
export type DohServer = {
  readonly url: string;
  /** `name type` of every question. */
  readonly asked: string[];
  stop(): Promise<void>;
};

/** Records by `name type`, such as `node.dev A`; what is not among them has no records. A number is a status of HTTP. */
export type Zone = Record<string, readonly string[] | number>;

/** Starts such a resolver. Names that no record has any trace of do not exist. */
export async function startDohServer(zone: Zone): Promise<DohServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? "", "http://localhost");
    const [name, type] = [searchParams.get("name"), searchParams.get("type")];
    asked.push(`${name} ${type}`);
    const found = zone[`${name} ${type}`];
    if (typeof found === "number") return void response.writeHead(found, { location: "/dns-query" }).end("{}");
    const exists = Object.keys(zone).some((key) => key.startsWith(`${name} `));
    const number = type === "A" ? 1 : 28;
    const alias = { name, type: 5, TTL: 60, data: "alias.dev." };
    const Answer = found?.map((data) => ({ name: "alias.dev.", type: number, TTL: 60, data }));
    response.writeHead(200, { "content-type": "application/dns-json" });
    response.end(JSON.stringify({ Status: exists ? 0 : 3, ...(Answer ? { Answer: [alias, ...Answer] } : {}) }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}/dns-query`,
    asked,
    stop: async () => {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

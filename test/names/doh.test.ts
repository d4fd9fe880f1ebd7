import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DohResolver } from "../../workers/names/doh.ts";
import { type DohServer, startDohServer } from "../support/doh-server.ts";

let server: DohServer;
let names: DohResolver;
beforeAll(async () => {
  const many = Array.from({ length: 100 }, (_, at) => `9.9.9.${at}`);
  server = await startDohServer({
    "both.dev A": ["9.9.9.9", "9.9.9.10"],
    "both.dev AAAA": ["2620:fe::9"],
    "six.dev A": [],
    "six.dev AAAA": ["2620:fe::9"],
    "empty.dev A": [],
    "broken.dev A": 500,
    "moved.dev A": 302,
    "many.dev A": many,
  });
  names = new DohResolver(server.url);
});
afterAll(() => server.stop());

/** A resolver that answers this text to everything. */
async function answering(text: string): Promise<readonly string[] | null> {
  const stub = createServer((_request, response) => void response.end(text));
  await new Promise<void>((resolve) => stub.listen(0, "127.0.0.1", resolve));
  const found = await new DohResolver(
    `http://127.0.0.1:${(stub.address() as { port: number }).port}/?ct=json`,
  ).addresses("a.dev");
  stub.closeAllConnections();
  await new Promise((resolve) => stub.close(resolve));
  return found;
}

describe("names over DNS over HTTPS", () => {
  it("have their IPv4 addresses, through names that stand for others, and are asked for once", async () => {
    expect(await names.addresses("both.dev")).toEqual(["9.9.9.9", "9.9.9.10"]);
    expect(server.asked.filter((question) => question.startsWith("both.dev"))).toEqual(["both.dev A"]);
  });

  it("have their IPv6 addresses where there are no others", async () => {
    expect(await names.addresses("six.dev")).toEqual(["2620:fe::9"]);
  });

  it("have none where there is no such name, or no record of it", async () => {
    expect(await names.addresses("nobody.dev")).toEqual([]);
    expect(await names.addresses("empty.dev")).toEqual([]);
  });

  it("are not known where the resolver fails, sends elsewhere, or says what is no answer", async () => {
    expect(await names.addresses("broken.dev")).toBeNull();
    expect(await names.addresses("moved.dev")).toBeNull();
    expect(await answering("<html>")).toBeNull();
    expect(await answering('{"Status":2}')).toBeNull();
    expect(await answering('{"Status":0,"Answer":[{"type":1,"data":7}]}')).toBeNull();
    expect(await new DohResolver("http://127.0.0.1:1/").addresses("a.dev")).toBeNull();
  });

  it("are not known where the answer is longer than any, and at most 32 addresses are taken", async () => {
    expect(await answering(`{"Status":0,"Answer":[],"x":"${"x".repeat(20_000)}"}`)).toBeNull();
    expect(await names.addresses("many.dev")).toHaveLength(32);
  });

  it("are looked up at the address of the settings with its own parameters kept", async () => {
    expect(await answering('{"Status":0,"Answer":[{"type":1,"data":"9.9.9.9"}]}')).toEqual(["9.9.9.9"]);
  });
});

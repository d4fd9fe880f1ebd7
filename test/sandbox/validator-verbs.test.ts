import { describe, expect, it } from "vitest";
import { adminRequest, type Flags } from "../../sandbox/operator/verbs.ts";

const none: Flags = {
  ...{ reason: "", "retry-at": "", drain: "", cursor: "", label: "", "per-day": "", budget: "", expires: "" },
  ...{ denoms: "", code: "", grace: "", rev: "", state: "", allocation: "" },
};
const path = "/api/v1/admin/networks/{chainId}/validators";
const ask = (line: string, flags: Partial<Flags> = {}) => adminRequest(line.split(" "), { ...none, ...flags });

describe("npm run operator -- validators", () => {
  it("asks what the API's paths say", () => {
    expect(ask("validators")).toEqual({ method: "GET", path });
    expect(ask("validators list", { state: "pending", cursor: "paw1x" })?.path).toBe(
      `${path}?state=pending&cursor=paw1x`,
    );
    expect(ask("validators allocations")).toEqual({ method: "GET", path: `${path}/allocations.csv` });
    expect(ask("validators grant paw1x")).toEqual({ method: "POST", path: `${path}/paw1x/faucet-grant` });
    expect(ask("validators erase-contact paw1x")).toEqual({ method: "DELETE", path: `${path}/paw1x/contact` });
  });

  it("approves the revision that was seen, with base units of a denom or of the bond denom", () => {
    const body = (allocation: string) => ask("validators approve paw1x", { rev: "3", allocation })?.body;
    expect(body("")).toEqual({ rev: 3 });
    expect(body("500upaw")).toEqual({ rev: 3, allocation: { amount: "500", denom: "upaw" } });
    expect(body("500")).toEqual({ rev: 3, allocation: { amount: "500" } });
    // What is no amount goes as it is: the API says what is wrong with it.
    expect(body("-5upaw")).toEqual({ rev: 3, allocation: { amount: "-5upaw" } });
    expect(ask("validators reject paw1x", { rev: "3", reason: "no" })?.body).toEqual({ rev: 3, reason: "no" });
  });

  it("knows no other verbs and no other numbers of arguments", () => {
    for (const line of ["validators approve", "validators list paw1x", "validators jail paw1x"])
      expect(ask(line, { rev: "1" })).toBeNull();
  });
});

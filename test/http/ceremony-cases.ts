import { expect } from "vitest";
import { adminKeys } from "../support/admin-keys.ts";
import { baseGenesis, ceremonyNetwork, gentxFor } from "../support/ceremony-network.ts";
import { alterObjects } from "../support/stored-rows.ts";
import type { Asker, Cases } from "./refusal-cases.ts";

/** Networks with a ceremony: one that collects, one that nobody has begun, a draft, one whose clients may send one gentx a day. */
export const ceremonyNetworks = [
  ceremonyNetwork("forge-1", { twoPerson: false }),
  ceremonyNetwork("unborn-1"),
  ceremonyNetwork("draft-1"),
  ceremonyNetwork("few-1", { gentxsPerDay: 1 }),
];

const of = (id: string) => `/api/v1/networks/${id}/ceremony`;
const adminOf = (id: string) => `/api/v1/admin/networks/${id}/ceremony`;
const by = { authorization: `Bearer ${adminKeys.coordinator}` };

type WordCode = "word_refused" | "challenge_unknown" | "challenge_expired" | "wrong_file" | "node_not_tied";

/** What a ceremony is refused for; `never` are those that break the house. */
export function ceremonyCases({
  send,
  never,
}: Asker): Pick<
  Cases,
  | "act_forbidden"
  | "gentx_refused"
  | "content_too_large"
  | "parts_broken"
  | "seal_differs"
  | "ceremony_busy"
  | WordCode
  | "ceremony_not_found"
  | "gentxs_limited"
  | "unknown_gentx"
  | "genesis_not_sealed"
> {
  const put = (id: string, path: string, body: string) =>
    send(`${adminOf(id)}${path}`, { method: "PUT", body, headers: by });
  const act = (id: string, body: object) =>
    send(`${adminOf(id)}/acts`, { method: "POST", body: JSON.stringify(body), headers: by });
  const handIn = (id: string, body: string, headers: Record<string, string> = {}) =>
    send(`${of(id)}/gentxs`, { method: "POST", body, headers });
  const must = async (answer: Promise<Response>) => {
    const { status } = await answer;
    expect(status).toBeLessThan(300);
  };
  const elsewhere = (...codes: readonly WordCode[]) => {
    const one = { status: 0, elsewhere: "test/domain/ceremony/attest.test.ts", ask: never };
    return Object.fromEntries(codes.map((code) => [code, one])) as Record<WordCode, typeof one>;
  };
  return {
    act_forbidden: { status: 409, ask: () => act("unborn-1", { kind: "move", to: "accounts" }) },
    gentx_refused: {
      status: 422,
      counted: "wellspring-ceremony-room refusals",
      // With all the others: the ceremony collects from here on.
      before: async () => {
        await must(act("forge-1", { kind: "create" }));
        await must(put("forge-1", "/base", baseGenesis("forge-1")));
        await must(act("forge-1", { kind: "move", to: "accounts" }));
        await must(act("forge-1", { kind: "move", to: "collecting" }));
        await must(handIn("forge-1", gentxFor("forge-1")));
      },
      ask: () => handIn("forge-1", gentxFor("other-1", 1)),
    },
    content_too_large: { status: 413, ask: () => handIn("forge-1", " ".repeat(32 * 1024 + 1)) },
    parts_broken: {
      status: 422,
      before: () => act("draft-1", { kind: "create" }),
      ask: () => put("draft-1", "/base", "[]"),
    },
    seal_differs: { status: 409, ask: () => act("forge-1", { kind: "seal", sha256: "0".repeat(64) }) },
    ceremony_busy: { status: 503, elsewhere: "test/domain/ceremony/room.test.ts", ask: never },
    ...elsewhere("word_refused", "challenge_unknown", "challenge_expired", "wrong_file", "node_not_tied"),
    ceremony_not_found: { status: 404, ask: () => send(of("open-1")) },
    gentxs_limited: {
      status: 429,
      before: () => handIn("few-1", "{}", { "cf-connecting-ip": "192.0.2.77" }),
      ask: () => handIn("few-1", "{}", { "cf-connecting-ip": "192.0.2.77" }),
    },
    unknown_gentx: { status: 404, ask: () => send(`${of("forge-1")}/gentxs/paw1nobody`) },
    genesis_not_sealed: { status: 404, ask: () => send(`${of("forge-1")}/genesis.json`) },
  };
}

/** What is broken on our side of a ceremony; each breaks the house for the ones after it. */
export function brokenCeremonyCases({ send, house }: Asker): Pick<Cases, "ceremony_unreachable" | "ceremony_disabled"> {
  return {
    ceremony_unreachable: {
      status: 503,
      // Its storage was written by a release that is newer than this one.
      breaks: () =>
        house().restart({}, () =>
          alterObjects(
            house().stateDir,
            "wellspring-ceremony-room",
            "INSERT OR IGNORE INTO schema_steps VALUES (999, 0)",
          ),
        ),
      ask: () => send(of("forge-1")),
    },
    ceremony_disabled: {
      status: 503,
      breaks: () => house().restart({ LOG_KEY: "" }, () => undefined),
      ask: () => send(of("forge-1")),
    },
  };
}

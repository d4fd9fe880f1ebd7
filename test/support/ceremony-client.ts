import { expect } from "vitest";
import { adminKeys, newAdminClient } from "./admin-keys.ts";
import { type Answer, ask, until } from "./api.ts";
import { baseGenesis, gentxFor } from "./ceremony-network.ts";

const client = newAdminClient();

/** Where a network's ceremony lies. */
export const ceremonyOf = (chain: string) => `/api/v1/networks/${chain}/ceremony`;

/** Asks for something of a coordinator's. */
export function askCoordinator(
  chain: string,
  method: string,
  path: string,
  body?: string,
  key: keyof typeof adminKeys = "coordinator",
): Promise<Answer> {
  const headers = { authorization: `Bearer ${adminKeys[key]}`, "cf-connecting-ip": client };
  return ask(`/api/v1/admin/networks/${chain}/ceremony${path}`, { method, headers, ...(body ? { body } : {}) });
}

/** A coordinator's act. */
export function act(chain: string, body: object, key: keyof typeof adminKeys = "coordinator"): Promise<Answer> {
  return askCoordinator(chain, "POST", "/acts", JSON.stringify(body), key);
}

/** Does an act and throws when it is refused. */
export async function mustAct(chain: string, body: object, key?: keyof typeof adminKeys): Promise<Answer> {
  const answer = await act(chain, body, key);
  if (answer.status > 202) throw new Error(JSON.stringify(answer.body));
  return answer;
}

/** Hands a gentx in. */
export function handIn(chain: string, body: string, headers: Record<string, string> = {}): Promise<Answer> {
  return ask(`${ceremonyOf(chain)}/gentxs`, { method: "POST", body, headers });
}

/** A ceremony that takes gentxs. */
export async function beginCollecting(chain: string): Promise<void> {
  await mustAct(chain, { kind: "create" });
  const put = await askCoordinator(chain, "PUT", "/base", baseGenesis(chain));
  expect([put.status, put.body.state]).toEqual([200, "done"]);
  await mustAct(chain, { kind: "move", to: "accounts" });
  await mustAct(chain, { kind: "move", to: "collecting" });
}

/** Closes the intake in a moment, and waits until it is closed; `spare` is an operator who is not in. */
export async function close(chain: string, spare: number, inMs = 600): Promise<void> {
  const closesAt = new Date(Date.now() + inMs).toISOString();
  await mustAct(chain, { kind: "parameters", changes: { closesAt }, reason: "everybody is in" });
  await until(
    () => ask(`${ceremonyOf(chain)}/gentxs/check`, { method: "POST", body: gentxFor(chain, spare) }),
    ({ status, body }) => status === 409 && body.why === "too_late",
  );
}

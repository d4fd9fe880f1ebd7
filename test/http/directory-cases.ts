import { expect } from "vitest";
import type { DirectoryRefusal } from "../../workers/domain/validator/refusals.ts";
import type { DirectoryFailure } from "../../workers/routes/directory-problem.ts";
import { account } from "../genesis/gentxs.ts";
import { adminKeys } from "../support/admin-keys.ts";
import { signUp } from "../support/ceremony-network.ts";
import { profileOf, proofOf } from "../support/registrations.ts";
import { networkOf } from "../support/test-networks.ts";
import type { Asker, Cases } from "./refusal-cases.ts";

const network = (chainId: string, validators: object = {}) => ({
  ...networkOf(chainId, "http://127.0.0.1:9", { enabled: false, drips: [{ denom: "upaw", amount: "1" }] }),
  bech32Prefix: "paw",
  denoms: [{ denom: "upaw", display: "PAW", exponent: 6 }],
  ...signUp({ ...validators }),
});

/** Networks whose validators sign up: freely, one waiting at most, one listed alone, one write a day. */
export const directoryNetworks = [
  network("crew-1"),
  network("short-1", { pendingMax: 1 }),
  network("listed-1", { intake: "allowlist", allowlist: [account(0)] }),
  network("slow-1", { writesPerDay: 1 }),
];

const of = (id: string) => `/api/v1/networks/${id}/validators`;
const by = { authorization: `Bearer ${adminKeys.coordinator}` };

/** What asks about sign-up. */
function clerkOf({ send, post }: Asker) {
  const word = async (id: string, number: number, action: string, content?: object) => {
    const answer = await post(`${of(id)}/challenges`, {
      action,
      operator: account(number),
      ...(content ? { content } : {}),
    });
    return ((await answer.json()) as { word: string }).word;
  };
  const registration = async (id: string, number: number, changes: object = {}) => {
    const content = { profile: profileOf(number, changes) };
    return { operator: account(number), content, proof: proofOf(await word(id, number, "register", content), number) };
  };
  const register = async (id: string, number: number, changes: object = {}, headers: Record<string, string> = {}) =>
    post(of(id), await registration(id, number, changes), headers);
  const withdraw = async (id: string, number: number) =>
    post(`${of(id)}/${account(number)}/withdrawal`, { proof: proofOf(await word(id, number, "withdraw"), number) });
  const approve = (id: string, number: number, rev: number) =>
    post(`/api/v1/admin/networks/${id}/validators/${account(number)}/approval`, { rev }, by);
  const must = async (answer: Promise<Response>) => expect((await answer).status).toBeLessThan(300);
  return { send, post, registration, register, withdraw, approve, must };
}

type Reason = Exclude<DirectoryRefusal["reason"] | DirectoryFailure["reason"], "directory_closed">;

/** What a directory of validators is refused for. */
export function directoryCases(asker: Asker): Pick<Cases, Reason> {
  const { send, post, registration, register, withdraw, approve, must } = clerkOf(asker);
  let spent: object = {};
  const once = { "cf-connecting-ip": "192.0.2.78" };
  return {
    nonce_spent: {
      status: 409,
      before: async () => {
        spent = await registration("crew-1", 0);
        await must(post(of("crew-1"), spent));
        await must(approve("crew-1", 0, 1));
        await must(register("crew-1", 1, { moniker: "Operator 0" }));
        await must(register("crew-1", 2));
        await must(withdraw("crew-1", 2));
      },
      ask: () => post(of("crew-1"), spent),
    },
    registration_exists: { status: 409, ask: () => register("crew-1", 1) },
    unknown_registration: { status: 404, ask: () => send(`${of("crew-1")}/${account(9)}`) },
    registration_changed: { status: 409, ask: () => approve("crew-1", 1, 9) },
    registration_state: { status: 409, ask: () => approve("crew-1", 2, 2) },
    registration_clash: { status: 409, ask: () => approve("crew-1", 1, 1) },
    registrations_full: {
      status: 503,
      before: () => must(register("short-1", 0)),
      ask: () => register("short-1", 1),
    },
    not_on_allowlist: { status: 403, ask: () => register("listed-1", 1) },
    registrations_limited: {
      status: 429,
      before: () => must(register("slow-1", 0, {}, once)),
      ask: () => register("slow-1", 1, {}, once),
    },
    directory_not_found: { status: 404, ask: () => send(of("open-1")) },
  };
}

/** Without its secret a directory is closed. */
export function closedDirectoryCase({ send, house }: Asker): Pick<Cases, "directory_closed"> {
  return {
    directory_closed: {
      status: 503,
      breaks: () => house().restart({ CHALLENGE_SECRET: "" }, () => undefined),
      ask: () => send(of("crew-1")),
    },
  };
}

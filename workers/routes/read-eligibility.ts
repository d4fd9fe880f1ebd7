import { z } from "@hono/zod-openapi";
import { secondsAbout } from "../domain/access/challenge.ts";
import { type Eligibility, eligibilityOf, type RouteOutlook } from "../domain/access/eligibility.ts";
import type { ClaimRefusal } from "../domain/claim/refusals.ts";
import { writeDrips } from "../domain/shared/coin.ts";
import { bearerOf } from "./brought.ts";
import { clientOriginOf } from "./client-address.ts";
import { json, networkOf, networkParams, problems } from "./context.ts";
import type { Operation } from "./operation.ts";
import { problemOf } from "./problem.ts";
import { valuesOf } from "./problem-values.ts";
import { readQuery } from "./read-query.ts";
import { eligibilityShape, writeTime } from "./shapes.ts";

const query = z.strictObject({
  address: z.string().min(1).max(256),
  code: z.string().min(1).max(128).optional().openapi({ description: "An event code that the claim would bring." }),
});
const headers = z.object({
  authorization: z.string().optional().openapi({ description: "The API key or CI token that the claim would bring." }),
});

/** May this address claim now, how much, by which route; and if not, why and when. Before the click: nothing is used. */
export const readEligibility: Operation = {
  route: {
    method: "get",
    path: "/api/v1/networks/{chainId}/faucet/eligibility",
    summary: "May this address claim, when, how much, by which route",
    request: { params: networkParams, query, headers },
    responses: {
      200: json("What a claim would be answered now; the cheapest open route first", eligibilityShape),
      ...problems({ 400: "invalid_query", 404: "unknown_network", 503: "dispenser_unreachable, config_invalid" }),
    },
  },
  answer: async (c) => {
    const network = networkOf(c);
    if (!network.ok) return network.response;
    const asked = readQuery(c, query);
    if (!asked.ok) return asked.response;
    const { address, code = null } = asked.value;
    const request = { address, code, bearer: bearerOf(c), client: clientOriginOf(c) };
    const found = await eligibilityOf(network.value, request);
    return c.json(write(network.value.facts.chainId, found), 200, { "Cache-Control": "no-store" });
  },
};

function write(chainId: string, found: Eligibility): z.output<typeof eligibilityShape> {
  const { address, eligible, drips, refusal, routes, cheapest } = found;
  return {
    address,
    chainId,
    eligible,
    drips: writeDrips(drips),
    ...(refusal === null ? {} : { refusal: writeRefusal(refusal) }),
    routes: routes.map((outlook) => writeRoute(outlook, cheapest)),
    cheapest,
  };
}

function writeRefusal(refusal: ClaimRefusal) {
  const { detail, retryAtMs, claimId } = problemOf(refusal);
  return {
    code: refusal.reason,
    detail,
    values: valuesOf(refusal),
    ...(retryAtMs === undefined ? {} : { retryAt: writeTime(retryAtMs) }),
    ...(claimId === undefined ? {} : { claimId }),
  };
}

const toBring: Readonly<Record<string, string>> = {
  code: "Bring an event code as `code`.",
  oidc: "From a CI job: bring its OIDC token as Authorization: Bearer.",
  key: "Bring an API key as Authorization: Bearer.",
};

function writeRoute({ route, open, refusal, perDay, triesMost }: RouteOutlook, cheapest: Eligibility["cheapest"]) {
  const problem = refusal && writeRefusal(refusal);
  const detail = problem?.detail ?? (open ? undefined : toBring[route]);
  return {
    route,
    open,
    cheapest: route === cheapest,
    ...(perDay === null ? {} : { perDay }),
    ...(triesMost === null ? {} : { work: { triesMost, secondsAbout: secondsAbout(triesMost) } }),
    ...(problem?.retryAt === undefined ? {} : { retryAt: problem.retryAt }),
    ...(detail === undefined ? {} : { detail }),
  };
}

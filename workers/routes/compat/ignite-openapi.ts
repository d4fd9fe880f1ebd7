import { type DialectOperation, networkByHost } from "./dialect.ts";

/** `GET /openapi.yml`, where Ignite's faucet describes itself; in our words. */
export const igniteOpenapi: DialectOperation = {
  dialect: "ignite",
  method: "get",
  paths: ["/openapi.yml"],
  network: networkByHost,
  answer: (c, { facts }) => c.body(document(facts.chainId), 200, { "Content-Type": "application/yaml" }),
};

function document(chainId: string): string {
  return `openapi: 3.0.3
info: { title: "Faucet of ${chainId}", version: "1" }
paths:
  /:
    post:
      summary: Send tokens to an address
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              properties:
                address: { type: string }
                coins: { type: array, items: { type: string }, description: "Which tokens, such as 10token; all when left out" }
      responses:
        "200": { description: "Paid: {hash}" }
        "400": { description: "Not understood: {error}" }
        "500": { description: "Not paid: {error}" }
  /info:
    get:
      summary: Which chain this faucet is for
      responses:
        "200": { description: "{is_a_faucet, chain_id}" }
`;
}

import type { Context } from "hono";
import type { ClientOrigin } from "../domain/access/networks-of.ts";

/** Pseudo IPv4 writes addresses of class E (240.0.0.0/4), which no client on the internet has. */
const pseudoIpv4 = /^2(4[0-9]|5[0-5])\./;

/**
 * Who sent a request, by what Cloudflare's edge says (developers.cloudflare.com/fundamentals/reference/http-headers).
 * `X-Forwarded-For` and `X-Real-IP` are never read: any client may write them. Nor is `CF-Connecting-IPv6`, unless
 * Pseudo IPv4 has taken the place of the real address: elsewhere a client may write that one too.
 */
export function clientOriginOf(c: Context): ClientOrigin {
  // The edge adds it to what another Worker fetches. Who forges it only joins those who share one cap.
  if (c.req.header("cf-worker") !== undefined) return { shared: "worker" };
  const address = c.req.header("cf-connecting-ip");
  if (address === undefined) return { shared: "local" };
  const real = pseudoIpv4.test(address) ? c.req.header("cf-connecting-ipv6") : undefined;
  return { address: real ?? address };
}

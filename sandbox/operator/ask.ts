import type { AdminRequest } from "./verbs.ts";

/** An answer of the admin API: its status and its JSON, or its text. */
export type AdminAnswer = { readonly status: number; readonly body: Record<string, unknown> | string };

/** Where to ask and with which key. The key comes by the environment: argv is for everyone on the machine to read. */
export type AdminTarget = { readonly base: string; readonly key: string };

/** Reads the key from WELLSPRING_ADMIN_KEY. Throws when it is not set. */
export function adminTarget(url: string): AdminTarget {
  const key = process.env.WELLSPRING_ADMIN_KEY?.trim() ?? "";
  if (key === "")
    throw new Error("set WELLSPRING_ADMIN_KEY to an admin key (npm start says in which file its own lies)");
  return { base: url.replace(/\/+$/, ""), key };
}

/** Asks once; an act may not be repeated blindly. Throws when there is no answer. */
export async function askAdmin(target: AdminTarget, { method, path, body, bytes }: AdminRequest): Promise<AdminAnswer> {
  const headers = { authorization: `Bearer ${target.key}`, "content-type": "application/json" };
  const answer = await fetch(`${target.base}${path}`, {
    method,
    headers,
    redirect: "error",
    signal: AbortSignal.timeout(30_000),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(bytes === undefined ? {} : { body: bytes as Uint8Array<ArrayBuffer> }),
  });
  const plain = answer.headers.get("content-type")?.startsWith("text/");
  return {
    status: answer.status,
    body: plain ? await answer.text() : ((await answer.json()) as Record<string, unknown>),
  };
}

/** The deployment's default network; asked without the key. */
export async function defaultNetwork(base: string): Promise<string> {
  const answer = await fetch(`${base}/api/v1/networks`, { signal: AbortSignal.timeout(15_000) });
  const { networks } = (await answer.json()) as { networks?: { chainId: string }[] };
  const chainId = networks?.[0]?.chainId;
  if (chainId === undefined) throw new Error(`${base} names no network; say which by --network`);
  return chainId;
}

import { z } from "zod";
import { bundledNetworks } from "../networks/index.ts";
import type { Network } from "../networks/schema.ts";
import { isPrivateUrl, networkSchema } from "../networks/schema.ts";
import type { AdminKeyEntry } from "./access/admin-keys.ts";
import { adminKeysSetting } from "./admin-key-setting.ts";

/** One fault in the settings: where, and what is wrong. Never holds a secret's value. */
export type ConfigFault = { readonly path: string; readonly message: string };

/** Everything that this deployment was told, checked. */
export type Config = {
  /** Those served; the first is the default. */
  readonly networks: readonly Network[];
  readonly deploymentId: string;
  readonly generation: string;
  /** The Redis that counts clients; null: the Worker's own objects do. */
  readonly upstash: { readonly url: string; readonly token: string } | null;
  /** Who may act as an admin; none: nobody. */
  readonly adminKeys: readonly AdminKeyEntry[];
  /** Cloudflare's siteverify, and its secret; "" where none is set. */
  readonly turnstile: { readonly verifyUrl: string; readonly secret: string };
  readonly metricsOpen: boolean;
  /** Where names of validators' nodes are looked up: DNS over HTTPS, in JSON. */
  readonly dnsUrl: string;
  /** Base64 of the 32 bytes that the ceremonies' logs are signed with; "": none is set. */
  readonly logKey: string;
  /** Where operators are told of what happens; null: nowhere. */
  readonly webhook: { readonly url: string; readonly secret: string } | null;
};

/** What {@link readConfig} answers. */
export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] };

const settings = z.object({
  NETWORKS: z
    .string()
    .transform((text) => text.split(",").map((part) => part.trim()))
    .pipe(z.array(z.string().min(1, "names an empty chain id")).min(1).max(32))
    .default(["sandbox-1"]),
  NETWORK_FILES: z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: "custom", message: "is not JSON" });
        return z.NEVER;
      }
    })
    .pipe(z.array(z.unknown(), "must be a JSON array of network files").max(32))
    .default([]),
  DEPLOYMENT_ID: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,31}$/, "at most 32 characters: lower case letters, digits and -")
    .default("wellspring"),
  GENERATION: z
    .string()
    .regex(/^[a-zA-Z0-9._-]{1,64}$/, "at most 64 characters: letters, digits, . - and _")
    .default("1"),
  UPSTASH_REDIS_REST_URL: z
    .union([z.literal(""), z.url({ protocol: /^https?$/, error: "must be the https URL of its REST endpoint" })])
    .default(""),
  UPSTASH_REDIS_REST_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]*$/, "has a space or a line break")
    .default(""),
  ADMIN_KEYS: adminKeysSetting.default([]),
  TURNSTILE_SECRET: z
    .string()
    .regex(/^[\x21-\x7e]{0,256}$/, "has a space or a line break, or more than 256 characters")
    .default(""),
  TURNSTILE_VERIFY_URL: z
    .string()
    .refine(isPrivateUrl, "must be an https URL")
    .default("https://challenges.cloudflare.com/turnstile/v0/siteverify"),
  DNS_URL: z.string().refine(isPrivateUrl, "must be an https URL").default("https://cloudflare-dns.com/dns-query"),
  LOG_KEY: z
    .string()
    .regex(/^([A-Za-z0-9+/]{43}=)?$/, "is not the base64 of 32 bytes: npm run -s genesis -- new-log-key")
    .default(""),
  METRICS: z.enum(["public", "key"]).default("public"),
  WEBHOOK_URL: z
    .union([z.literal(""), z.url({ protocol: /^https?$/, error: "must be an https URL" })])
    .refine((url) => !/^http:/i.test(url) || isLoopback(url), "must be https; http is for this machine alone")
    .default(""),
  WEBHOOK_SECRET: z
    .string()
    .regex(/^(whsec_[A-Za-z0-9+/]{32,88}={0,2})?$/, "is not whsec_ and the base64 of 24 to 64 random bytes")
    .default(""),
});

/** Reads the settings and the network files that they name; answers every fault by its path. Pure. */
export function readConfig(env: Readonly<Record<string, unknown>>): ConfigResult {
  const parsed = settings.safeParse(env);
  if (!parsed.success) return { ok: false, faults: faultsOf("", parsed.error) };
  const { NETWORKS, NETWORK_FILES, DEPLOYMENT_ID, GENERATION } = parsed.data;
  const { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token } = parsed.data;
  const { WEBHOOK_URL: webhookUrl, WEBHOOK_SECRET: webhookSecret } = parsed.data;
  const files = new Map<string, { source: string; content: unknown }>();
  for (const [source, content] of Object.entries(bundledNetworks)) files.set(chainIdOf(content), { source, content });
  NETWORK_FILES.forEach((content, index) => {
    files.set(chainIdOf(content), { source: `NETWORK_FILES.${index}`, content });
  });
  const faults: ConfigFault[] = [];
  const networks: Network[] = [];
  if ((url === "") !== (token === "")) {
    const path = url === "" ? "UPSTASH_REDIS_REST_URL" : "UPSTASH_REDIS_REST_TOKEN";
    faults.push({ path, message: "is missing: the Redis needs both its URL and its token" });
  }
  if ((webhookUrl === "") !== (webhookSecret === "")) {
    const path = webhookUrl === "" ? "WEBHOOK_URL" : "WEBHOOK_SECRET";
    faults.push({ path, message: "is missing: a receiver needs both its URL and a secret" });
  }
  NETWORKS.forEach((chainId, index) => {
    const file = files.get(chainId);
    if (NETWORKS.indexOf(chainId) !== index) faults.push({ path: "NETWORKS", message: `names ${chainId} twice` });
    else if (!file) faults.push({ path: "NETWORKS", message: `no network file has the chain id ${chainId}` });
    else {
      const network = networkSchema.safeParse(file.content);
      if (network.success) networks.push(network.data);
      else faults.push(...faultsOf(file.source, network.error));
    }
  });
  if (faults.length > 0) return { ok: false, faults };
  return {
    ok: true,
    config: {
      networks,
      deploymentId: DEPLOYMENT_ID,
      generation: GENERATION,
      upstash: url === "" ? null : { url, token },
      adminKeys: parsed.data.ADMIN_KEYS,
      turnstile: { verifyUrl: parsed.data.TURNSTILE_VERIFY_URL, secret: parsed.data.TURNSTILE_SECRET },
      dnsUrl: parsed.data.DNS_URL,
      metricsOpen: parsed.data.METRICS === "public",
      logKey: parsed.data.LOG_KEY,
      webhook: webhookUrl === "" ? null : { url: webhookUrl, secret: webhookSecret },
    },
  };
}

/** The name of the secret that holds one network's mnemonic; `FAUCET_MNEMONIC` serves where it is absent. */
export function mnemonicSecret(chainId: string): string {
  return `FAUCET_MNEMONIC_${chainId.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_")}`;
}

function isLoopback(url: string): boolean {
  return ["127.0.0.1", "[::1]", "localhost"].includes(new URL(url).hostname);
}

function chainIdOf(content: unknown): string {
  const named = z.object({ chainId: z.string() }).safeParse(content);
  return named.success ? named.data.chainId : "";
}

function faultsOf(source: string, error: z.ZodError): ConfigFault[] {
  return error.issues.map((issue) => ({
    path: [source, ...issue.path.map(String)].filter((part) => part !== "").join("."),
    message: issue.message,
  }));
}

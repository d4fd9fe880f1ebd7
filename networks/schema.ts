import { z } from "zod";
import { ceremonySchema } from "./ceremony-schema.ts";
import { validatorsSchema } from "./validators-schema.ts";

const denom = z.string().regex(/^[a-zA-Z][a-zA-Z0-9/:._-]{2,127}$/, "a denom of 3 to 128 characters, a letter first");
const amount = z
  .string()
  .regex(/^[1-9][0-9]{0,38}$/, "a whole number of base units as a string, no sign, no leading zero");
const coin = z.strictObject({ denom, amount });
const endpoint = z.url({ protocol: /^https?$/ });
const hostname = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, "a host name in lower case, without a port");

/** Whether a URL is https, or http on this machine, as tests need it: then nobody can listen or answer between. */
export function isPrivateUrl(url: string): boolean {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || parsed.username !== "" || parsed.password !== "" || parsed.hash !== "") return false;
  return (
    parsed.protocol === "https:" ||
    (parsed.protocol === "http:" && ["127.0.0.1", "[::1]", "localhost"].includes(parsed.hostname))
  );
}

const turnstile = z.strictObject({
  /** The widget's public key; its secret is the setting TURNSTILE_SECRET. */
  siteKey: z.string().regex(/^[\w-]{1,64}$/, "a Turnstile site key"),
  /** Pages on these hosts may show the widget. */
  hostnames: z.array(hostname).min(1).max(16),
});

const oidc = z.strictObject({
  /** What a workflow asks its token for, such as this faucet's URL: a token for others is no token for us. */
  audience: z.string().regex(/^[\x21-\x7e]{1,255}$/, "1 to 255 characters without a space"),
  /** GitHub's own; another for GitHub Enterprise. Its keys are fetched from under it. */
  issuer: z
    .string()
    .max(255)
    .refine((url) => isPrivateUrl(url) && !/[/?]$/.test(url), "must be an https URL without a slash at its end")
    .default("https://token.actions.githubusercontent.com"),
  /** Whose jobs may claim: `owner/name`, `owner/*` for all of an owner's, or a star on both sides for everybody. */
  repositories: z
    .array(z.string().regex(/^([\w.-]{1,100}\/(\*|[\w.-]{1,100})|\*\/\*)$/, "owner/name, owner/* or */*"))
    .min(1)
    .max(256),
  /** Which events may have started the run; any when empty. */
  events: z
    .array(z.string().regex(/^[a-z_]{1,64}$/, "the name of an event, such as push"))
    .max(32)
    .default([]),
});

const cosmos = z.strictObject({
  /** CometBFT RPC endpoints in order of preference; the Worker fails over between them. */
  rpc: z.array(endpoint).min(1).max(8),
  coinType: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(118),
  /** What one transaction may hold. */
  tx: z
    .strictObject({
      /** MsgMultiSend counts as one message. */
      messagesMax: z.int().min(1).max(1000).default(1),
      gasMax: z.int().min(100_000).max(1_000_000_000).default(25_000_000),
      memoBytesMax: z.int().min(128).max(65_536).default(256),
      outputsMax: z.int().min(1).max(1000).default(500),
    })
    .prefault({}),
  gas: z
    .strictObject({
      /** Ask the chain before each batch; off where nodes don't answer simulations. */
      simulate: z.boolean().default(true),
      /** Used as base + perOutput × outputs where simulation is off or refused. */
      base: z.int().min(1).default(120_000),
      perOutput: z.int().min(1).default(26_000),
      /** The gas limit is the simulated gas times this. */
      margin: z.number().min(1).max(5).default(1.25),
    })
    .prefault({}),
  /** Fee per unit of gas, in thousandths of a base unit, so that no float is needed. */
  gasPrice: z.strictObject({ denom, milliAmount: z.int().min(0).max(1_000_000_000) }),
  /** Names of module accounts that the chain refuses to pay; their addresses follow from the names. */
  moduleAccounts: z
    .array(z.string().min(1).max(64))
    .max(64)
    .default(["fee_collector", "distribution", "mint", "bonded_tokens_pool", "not_bonded_tokens_pool", "gov"]),
});

const port = z.int().min(1).max(65_535);

const node = z.strictObject({
  /** The chain's program, as an operator types it. */
  binary: z.string().regex(/^[a-z][a-z0-9_-]{0,31}$/, "a command's name in lower case"),
  /** Where the program keeps its files, below the operator's home. */
  home: z.string().regex(/^~\/\.[\w-]{1,31}$/, "such as ~/.simapp"),
  /** Where the program's source or its releases are. */
  source: z.url({ protocol: /^https$/ }).optional(),
  /** `genesis`: the SDK's `genesis gentx` and its like. `top-level`: the same commands without the word `genesis`. */
  commands: z.enum(["genesis", "top-level"]).default("genesis"),
  /** `memo`: a gentx carries nodeid@host:port, as the SDK's do. `none`: its memo is empty, and peers are told apart from it. */
  gentxPeer: z.enum(["memo", "none"]).default("memo"),
  /** `file`: `tx staking create-validator` reads a JSON file, as since SDK 0.50. `flags`: it takes flags. */
  createValidator: z.enum(["file", "flags"]).default("file"),
  /** Whether the program has `tx slashing unjail`. */
  unjail: z.boolean().default(true),
  ports: z
    .strictObject({
      p2p: port.default(26656),
      rpc: port.default(26657),
      rest: port.default(1317),
      grpc: port.default(9090),
      metrics: port.default(26660),
    })
    .prefault({}),
  /** What the guides' examples stake, and what an operator's account holds at genesis, in base units. */
  stake: amount.default("1000000"),
  allocation: amount.default("10000000"),
});

/** Wallets put paths behind it. */
const publicEndpoint = z.url({ protocol: /^https$/ }).refine((url) => !/[?#]/.test(url), "has a query or a fragment");

/** One network: everything that this deployment needs to know of a chain. What it leaves out has a safe default. */
export const networkSchema = z
  .strictObject({
    chainId: z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9_-]{0,49}$/, "at most 50 characters: letters, digits, - and _"),
    name: z.string().min(1).max(64),
    driver: z.enum(["cosmos"]),
    bech32Prefix: z.string().regex(/^[a-z][a-z0-9]{0,31}$/, "lower case letters and digits, a letter first"),
    denoms: z
      .array(z.strictObject({ denom, display: z.string().min(1).max(32), exponent: z.int().min(0).max(30) }))
      .min(1)
      .max(16),
    cosmos,
    faucet: z.strictObject({
      enabled: z.boolean().default(true),
      /** What one claim pays. */
      drips: z.array(coin).min(1).max(8),
      cooldownSeconds: z.int().min(0).max(31_536_000).default(86_400),
      queueMax: z.int().min(1).max(1_000_000).default(50_000),
      inFlightMax: z.int().min(1).max(64).default(16),
      timeoutBlocksMin: z.int().min(5).max(1000).default(20),
      timeoutSecondsMin: z.int().min(5).max(600).default(30),
      balanceLow: z.array(coin).max(8).default([]),
      /** A recipient that holds this much of a denom or more is refused that claim. */
      recipientCap: z.array(coin).max(8).default([]),
      /** A claim pays only up to `recipientCap`. */
      topUp: z.boolean().default(false),
      limits: z
        .strictObject({
          /** Claims of the whole network in any hour; failed ones don't count. 0: no limit. */
          hourlyBudget: z.int().min(0).max(1_000_000).default(0),
          /** Claims a day that one client network may make, by the width of its prefix. 0: no limit. */
          client: z
            .strictObject({
              ipv4: z.int().min(0).max(1_000_000).default(0),
              ipv6By64: z.int().min(0).max(1_000_000).default(0),
              ipv6By56: z.int().min(0).max(1_000_000).default(0),
              ipv6By48: z.int().min(0).max(1_000_000).default(0),
            })
            .prefault({}),
          /** Claims of any 24 hours, failed ones not counted, by what they came with. Keys and codes carry their own. */
          credentials: z
            .strictObject({
              /** Of one address that signs. */
              signaturePerDay: z.int().min(1).max(10_000).default(5),
              /** Of one repository whose jobs claim. */
              oidcPerDay: z.int().min(1).max(10_000).default(20),
            })
            .prefault({}),
          /** Challenges that one client network may ask for in 24 hours (an IPv4 address, a /64). 0: no limit. */
          challengesPerDay: z.int().min(0).max(1_000_000).default(1_000),
          /** Of the hourly budget, how many percent the peers' dialects may use together: they carry no proof. */
          dialectPercent: z.int().min(0).max(100).default(20),
          /**
           * How many percent may be used by our own API without a credential. What is left of the hundred is kept for
           * those who bring one, so that nobody with many addresses can lock them out.
           */
          openPercent: z.int().min(0).max(100).default(70),
        })
        .prefault({}),
      /** `pow`: a claim brings the solution of a puzzle, priced by demand. `turnstile`: a token of its widget. */
      challenge: z.enum(["none", "pow", "turnstile"]).default("none"),
      /**
       * The most derivations that a puzzle takes when nothing presses; half of it on average. One is scrypt with
       * N = 2048, r = 8 (2 MiB): 5 ms in V8 on one core where it was measured, 3 ms for a native solver, and 20 ms if a
       * phone is four times slower: so 256 of them are 1.3 s and 5 s on one core. The page uses up to four.
       */
      challengeTries: z.int().min(2).max(65_536).default(512),
      turnstile: turnstile.nullable().default(null),
      /** What a claim may come by in place of a challenge: docs/credentials.md. */
      credentials: z
        .strictObject({
          /** API keys and event codes that the operator made; there are none until then. */
          key: z.boolean().default(true),
          code: z.boolean().default(true),
          /** The recipient's signature (ADR-036). Needs the secret CHALLENGE_SECRET. */
          signature: z.boolean().default(true),
          /** Tokens of GitHub Actions. */
          oidc: oidc.nullable().default(null),
        })
        .prefault({}),
      /** A claim on a schedule, to an address of the operator's own; left out: none. */
      canary: z
        .strictObject({
          address: z.string().min(1).max(128),
          everyMinutes: z.int().min(5).max(1440),
          /** A canary that takes longer is an alert. */
          slowSeconds: z.int().min(5).max(3600).default(60),
        })
        .optional(),
      /** Which peers' dialects are spoken besides our own API. */
      dialects: z
        .strictObject({
          cosmjs: z.boolean().default(true),
          ignite: z.boolean().default(true),
          paw: z.boolean().default(true),
          pingpub: z.boolean().default(false),
        })
        .prefault({}),
      /**
       * Host names under which Ignite's clients find this faucet, such as `faucet.example.org`. Where one network is
       * served, every host that begins with `faucet.` is its own without a word here.
       */
      hosts: z.array(hostname).max(8).default([]),
    }),
    /** How this network's genesis ceremony is held; left out: it has none. */
    ceremony: ceremonySchema.optional(),
    /** What an operator's commands look like: the guides under /docs/ are written from it. Left out: no guides. */
    node: node.optional(),
    /** How its validators sign up; left out: they don't here. */
    validators: validatorsSchema.optional(),
    /** Where this network's people meet; shown on the home page. Left out: nothing is shown. */
    community: z
      .array(z.strictObject({ name: z.string().min(1).max(40), url: z.url({ protocol: /^https$/ }).max(200) }))
      .max(8)
      .default([]),
    /** Where people look a transaction up: `{txHash}` stands for its hash, in upper case hex. */
    explorer: z
      .strictObject({
        tx: z
          .url({ protocol: /^https$/ })
          .refine((url) => url.includes("{txHash}"), "names no {txHash}, which stands for the transaction's hash"),
      })
      .optional(),
    /** Endpoints for the public: the page tells them to a wallet that does not know the network yet. */
    wallet: z.strictObject({ rpc: publicEndpoint, rest: publicEndpoint }).optional(),
  })
  .superRefine((network, context) => {
    const known = new Set(network.denoms.map((entry) => entry.denom));
    if (known.size < network.denoms.length)
      context.addIssue({ code: "custom", path: ["denoms"], message: "names a denom twice" });
    network.faucet.drips.forEach((drip, index) => {
      if (!known.has(drip.denom)) {
        context.addIssue({
          code: "custom",
          path: ["faucet", "drips", index, "denom"],
          message: `${drip.denom} is not among denoms`,
        });
      }
    });
    if (network.validators && !network.node) {
      context.addIssue({
        code: "custom",
        path: ["validators"],
        message: "needs `node`: operators are shown the commands of the chain's own program",
      });
    }
    const { ceremony } = network;
    if (ceremony && Date.parse(ceremony.closesAt) >= Date.parse(ceremony.genesisTime)) {
      context.addIssue({
        code: "custom",
        path: ["ceremony", "closesAt"],
        message: "is not before genesisTime: a genesis is sealed between the two",
      });
    }
    const { canary, challenge, cooldownSeconds, dialects, limits } = network.faucet;
    if (canary && canary.everyMinutes * 60 < cooldownSeconds) {
      context.addIssue({
        code: "custom",
        path: ["faucet", "canary", "everyMinutes"],
        message: "is shorter than the cooldown: the canary's own claims would be refused",
      });
    }
    if (challenge !== "none" && Object.values(dialects).includes(true) && limits.hourlyBudget === 0) {
      context.addIssue({
        code: "custom",
        path: ["faucet", "limits", "hourlyBudget"],
        message:
          "is needed where claims bring a challenge: the dialects can't bring one, and get a share of it instead",
      });
    }
    if (challenge === "turnstile" && network.faucet.turnstile === null) {
      const message = "is needed where the challenge is turnstile: siteKey and hostnames of its widget";
      context.addIssue({ code: "custom", path: ["faucet", "turnstile"], message });
    }
    if (new Set(network.faucet.drips.map((drip) => drip.denom)).size !== network.faucet.drips.length) {
      context.addIssue({ code: "custom", path: ["faucet", "drips"], message: "names a denom twice" });
    }
  });

/** A checked network file. */
export type Network = z.output<typeof networkSchema>;

/** Reads a network file's content. Throws one error that names every fault by its path. */
export function readNetwork(source: string, content: unknown): Network {
  const parsed = networkSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `  ${issue.path.join(".") || "(file)"}: ${issue.message}`);
  throw new Error(`${source} is not a valid network file:\n${faults.join("\n")}`);
}

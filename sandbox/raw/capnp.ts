import { readFileSync } from "node:fs";

/** What a generated workerd configuration needs to know. Paths are absolute; ports are on 127.0.0.1. */
export type RawConfig = {
  readonly port: number;
  readonly controlPort: number;
  /** The Worker's bundle, one ES module. */
  readonly bundleFile: string;
  /** Durable Objects live here; it must exist. */
  readonly storageDir: string;
  /** The Worker's settings and secrets. */
  readonly settings: Readonly<Record<string, string>>;
  readonly compatibilityDate: string;
  /** Options of V8, such as `--max-heap-size=128`. */
  readonly v8Flags?: readonly string[];
};

/**
 * A Cap'n Proto configuration for `workerd serve --experimental`: the Worker as it is deployed, its Durable Objects
 * on disk, a D1 of our own. Schema: workerd.capnp of the pinned workerd.
 */
export function writeCapnp(config: RawConfig): string {
  const date = text(config.compatibilityDate);
  const module = (name: string, source: string) => `modules = [(name = ${text(name)}, esModule = ${text(source)})],`;
  const own = (file: string) => readFileSync(new URL(file, import.meta.url), "utf8");
  const settings = Object.entries(config.settings).map(
    ([name, value]) => `(name = ${text(name)}, text = ${text(value)}),`,
  );
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  v8Flags = [${(config.v8Flags ?? []).map(text).join(", ")}],
  services = [
    (name = "main", worker = (
      ${module("main.js", readFileSync(config.bundleFile, "utf8"))}
      compatibilityDate = ${date},
      bindings = [
        (name = "DISPENSER", durableObjectNamespace = "Dispenser"),
        (name = "CEREMONY_ROOM", durableObjectNamespace = "CeremonyRoom"),
        (name = "CLIENT_LIMITS", durableObjectNamespace = "ClientLimits"),
        (name = "DB", wrapped = (
          moduleName = "cloudflare-internal:d1-api",
          innerBindings = [(name = "fetcher", service = "d1")]
        )),
        ${settings.join("\n        ")}
      ],
      durableObjectNamespaces = [
        (className = "Dispenser", uniqueKey = "wellspring-dispenser", enableSql = true),
        (className = "CeremonyRoom", uniqueKey = "wellspring-ceremony-room", enableSql = true),
        (className = "ClientLimits", uniqueKey = "wellspring-client-limits", enableSql = true),
      ],
      durableObjectStorage = (localDisk = "disk"),
    )),
    (name = "d1", worker = (
      ${module("d1.js", own("./d1-service.js"))}
      compatibilityDate = ${date},
      bindings = [(name = "DATABASE", durableObjectNamespace = "Database")],
      durableObjectNamespaces = [(className = "Database", uniqueKey = "wellspring-d1", enableSql = true)],
      durableObjectStorage = (localDisk = "disk"),
    )),
    (name = "control", worker = (
      ${module("control.js", own("./control.js"))}
      compatibilityDate = ${date},
      bindings = [(name = "MAIN", service = "main"), (name = "D1", service = "d1")],
    )),
    (name = "internet", network = (allow = ["public", "private", "local"])),
    (name = "disk", disk = (path = ${text(config.storageDir)}, writable = true)),
  ],
  sockets = [
    (name = "http", address = ${text(`127.0.0.1:${config.port}`)}, http = (), service = "main"),
    (name = "control", address = ${text(`127.0.0.1:${config.controlPort}`)}, http = (), service = "control"),
  ],
);
`;
}

/** A Cap'n Proto string literal: every byte outside printable ASCII, quotes and backslashes as \\xNN. */
function text(value: string): string {
  const bytes = [...new TextEncoder().encode(value)];
  return `"${bytes.map((byte) => (byte >= 32 && byte < 127 && byte !== 34 && byte !== 92 ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, "0")}`)).join("")}"`;
}

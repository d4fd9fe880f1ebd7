import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { DirectSecp256k1HdWallet } from "@cosmjs/proto-signing";
import { adminKeyEntry, newAdminKey } from "./operator/admin-key.ts";

/** The one folder that keeps everything between starts: `.wellspring`, or where WELLSPRING_STATE says. */
export function stateDir(): string {
  const root = new URL("..", import.meta.url).pathname;
  return resolve(process.env.WELLSPRING_STATE ?? join(root, ".wellspring"));
}

/** The faucet's words from the state folder, made on the first start. Readable by the file's owner alone. */
export async function faucetMnemonic(dir: string): Promise<string> {
  const file = join(dir, "faucet-mnemonic");
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  const { mnemonic } = await DirectSecp256k1HdWallet.generate(24);
  keepSecret(dir, file, mnemonic);
  return mnemonic;
}

/** The admin key of this machine, with every role: the file that holds it, and its entry for ADMIN_KEYS. */
export function localAdminKey(dir: string): { readonly file: string; readonly entry: string } {
  const file = join(dir, "admin-key");
  const roles = ["viewer", "operator", "coordinator"];
  if (!existsSync(file)) keepSecret(dir, file, newAdminKey("local", roles).key);
  return { file, entry: adminKeyEntry(readFileSync(file, "utf8").trim(), roles) };
}

/** Writes a secret that its owner alone may read. */
export function keepSecret(dir: string, file: string, secret: string): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  writeFileSync(file, `${secret}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
}

/** The first address of a mnemonic under a bech32 prefix. */
export async function addressOf(mnemonic: string, prefix: string): Promise<string> {
  const wallet = await DirectSecp256k1HdWallet.fromMnemonic(mnemonic, { prefix });
  const [account] = await wallet.getAccounts();
  if (!account) throw new Error("the mnemonic has no account");
  return account.address;
}

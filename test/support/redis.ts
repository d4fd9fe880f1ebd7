import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../sandbox/free-port.ts";
import { hasTools } from "./has-tools.ts";

/** An answer of Redis (RESP2); an error is a value, since in a transaction it stands among others. */
export type Reply = string | number | null | RedisError | Reply[];

/** Redis refused a command. */
export class RedisError extends Error {
  override name = "RedisError";
}

/** A redis-server of our own, and one connection to it. */
export type RedisServer = {
  /** Answers come in the order of the commands. */
  send(command: readonly string[]): Promise<Reply>;
  stop(): Promise<void>;
};

/** Whether this machine has redis-server, as {@link hasTools} asks. */
export function hasRedis(what: string): boolean {
  return hasTools(what, ["redis-server"], "Debian: apt-get install redis-server");
}

/** Starts redis-server on a free port of 127.0.0.1, with a folder of its own and nothing kept. */
export async function startRedis(): Promise<RedisServer> {
  const dir = mkdtempSync(join(tmpdir(), "wellspring-redis-"));
  const port = await freePort();
  const options = ["--port", String(port), "--bind", "127.0.0.1", "--dir", dir, "--save", "", "--appendonly", "no"];
  const child = spawn("redis-server", options, { stdio: "ignore" });
  const gone = new Promise<void>((done) => child.once("exit", () => done()));
  const stop = async () => {
    if (child.exitCode === null) child.kill("SIGTERM");
    await gone;
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    const socket = await open(port);
    const send = speak(socket);
    await send(["PING"]);
    return {
      send,
      stop: async () => {
        socket.destroy();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function open(port: number): Promise<Socket> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const socket = connect(port, "127.0.0.1");
    const opened = await new Promise<boolean>((done) => {
      socket.once("connect", () => done(true));
      socket.once("error", () => done(false));
    });
    if (opened) return socket;
    await new Promise((next) => setTimeout(next, 50));
  }
  throw new Error(`redis-server did not open port ${port}`);
}

function speak(socket: Socket): RedisServer["send"] {
  const waiting: ((reply: Reply) => void)[] = [];
  let bytes = Buffer.alloc(0);
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk) => {
    bytes = Buffer.concat([bytes, chunk]);
    for (let read = readReply(bytes, 0); read && waiting.length > 0; read = readReply(bytes, 0)) {
      bytes = bytes.subarray(read.end);
      waiting.shift()?.(read.reply);
    }
  });
  return (command) =>
    new Promise((resolve) => {
      waiting.push(resolve);
      const parts = command.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`);
      socket.write(`*${command.length}\r\n${parts.join("")}`);
    });
}

/** One reply from `start` on, and where it ends; null while part of it is missing. */
function readReply(bytes: Buffer, start: number): { reply: Reply; end: number } | null {
  const lineEnd = bytes.indexOf("\r\n", start);
  if (lineEnd < 0) return null;
  const kind = String.fromCharCode(bytes[start] ?? 0);
  const line = bytes.toString("utf8", start + 1, lineEnd);
  const end = lineEnd + 2;
  if (kind === "+") return { reply: line, end };
  if (kind === "-") return { reply: new RedisError(line), end };
  if (kind === ":") return { reply: Number(line), end };
  const length = Number(line);
  if (length < 0) return { reply: null, end };
  if (kind === "$") {
    const text = end + length + 2 <= bytes.length ? bytes.toString("utf8", end, end + length) : null;
    return text === null ? null : { reply: text, end: end + length + 2 };
  }
  const replies: Reply[] = [];
  let at = end;
  for (let index = 0; index < length; index += 1) {
    const read = readReply(bytes, at);
    if (!read) return null;
    replies.push(read.reply);
    at = read.end;
  }
  return { reply: replies, end: at };
}

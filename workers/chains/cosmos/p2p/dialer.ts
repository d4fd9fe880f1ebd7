import type { Greeting, PeerDialer } from "../../../domain/validator/peer-look.ts";
import { type ByteStream, greet } from "./greet.ts";
import { PeerFailed } from "./peer-failed.ts";

/** A TCP connection that can be ended. */
export type PeerSocket = ByteStream & { readonly close: () => Promise<void> };

/** All that a look may take, from the first packet to the last. */
const lookMsMost = 5_000;

/** Looks at nodes over TCP. `open` begins a connection to an address in digits. */
export class CosmosPeerDialer implements PeerDialer {
  readonly #open: (address: string, port: number) => Promise<PeerSocket>;
  readonly #msMost: number;

  constructor(open: (address: string, port: number) => Promise<PeerSocket>, msMost = lookMsMost) {
    this.#open = open;
    this.#msMost = msMost;
  }

  async greet(address: string, port: number, nodeId: string): Promise<Greeting> {
    const socket = await this.#open(address, port).catch(() => null);
    if (socket === null) return noConnection;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<Greeting>((resolve) => {
      const why = `it took longer than ${this.#msMost} ms`;
      timer = setTimeout(() => resolve({ kind: "none", why }), this.#msMost);
    });
    try {
      return await Promise.race([late, look(socket, nodeId)]);
    } finally {
      clearTimeout(timer);
      // The far side may never say that it closed, too; nobody waits for that.
      socket.close().catch(() => undefined);
    }
  }
}

const noConnection: Greeting = { kind: "none", why: "no connection" };

/** Never rejects, also when it goes on after its time was up. */
async function look(socket: PeerSocket, nodeId: string): Promise<Greeting> {
  try {
    return await greet(socket, nodeId);
  } catch (error) {
    // A socket's own errors come in no kind of ours: refused, reset, no route.
    return error instanceof PeerFailed ? { kind: "none", why: error.message } : noConnection;
  }
}

import { connect } from "node:net";
import { Duplex } from "node:stream";
import type { PeerSocket } from "../../workers/chains/cosmos/p2p/dialer.ts";

/** A TCP connection of Node's as the Worker's sockets are. */
export async function openNodeSocket(address: string, port: number): Promise<PeerSocket> {
  const socket = connect({ host: address, port });
  const { readable, writable } = Duplex.toWeb(socket);
  socket.on("error", () => undefined);
  return {
    readable: readable as unknown as PeerSocket["readable"],
    writable: writable as unknown as PeerSocket["writable"],
    close: async () => {
      socket.destroy();
    },
  };
}

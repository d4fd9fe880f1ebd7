import { connect } from "cloudflare:sockets";
import type { PeerSocket } from "./dialer.ts";

/** Begins a TCP connection from the Worker to an address in digits, IPv4 or IPv6. */
export async function openSocket(address: string, port: number): Promise<PeerSocket> {
  const host = address.includes(":") ? `[${address}]` : address;
  const socket = connect(`${host}:${port}`, { secureTransport: "off", allowHalfOpen: false });
  // What goes wrong is told by the streams as well; these two would be reported as promises that nobody took.
  socket.opened.catch(() => undefined);
  socket.closed.catch(() => undefined);
  return { readable: socket.readable, writable: socket.writable, close: () => socket.close() };
}

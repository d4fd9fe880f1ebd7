/** What answers at an address is no node that proves its key, or nothing does. The text is ours, never the far side's. */
export class PeerFailed extends Error {
  override name = "PeerFailed";
}

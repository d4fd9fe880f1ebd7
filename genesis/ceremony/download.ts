/** A log as it was downloaded: a folder whose paths are those of the log's URLs (`checkpoint`, `tile/…`, `content/…`). */
export type Download = {
  /** A file's bytes, or null when it is not there. */
  read(path: string): Promise<Uint8Array | null>;
  /** The paths of all files. */
  list(): Promise<readonly string[]>;
};

/** Something in a download that is not as the signed checkpoint and the rules say. */
export type Finding = {
  readonly what:
    | "checkpoint"
    | "old-checkpoint"
    | "root"
    | "tile"
    | "leaf"
    | "order"
    | "content"
    | "act"
    | "genesis"
    | "attestation"
    | "beacon"
    | "extra";
  /** The file that is wrong. */
  readonly path?: string;
  /** The leaf that is wrong. */
  readonly index?: number;
  readonly message: string;
};

/** What a node says of itself before genesis time. */
export type BeaconFacts = {
  /** The log's origin as `originInWord` writes it. */
  readonly origin: string;
  readonly chainId: string;
  /** Whose node it is; the operator says the same by naming the node. */
  readonly operator: string;
  readonly version: number;
  /** SHA-256 of the genesis file that the node has. */
  readonly genesisSha256: string;
  /** 40 hexadecimal digits. */
  readonly node: string;
  readonly binaryVersion: string;
  readonly binarySha256: string;
  /** Whether the application took the genesis: the node runs and waits for genesis time. */
  readonly initChainPassed: boolean;
  /** How far the machine's clock is ahead of others, in milliseconds. */
  readonly clockSkewMs: number;
  /** The height in `priv_validator_state.json`: above 0, this signer has signed before and may sign twice. */
  readonly signerHeight: number;
  readonly nonce: string;
  /** Unix seconds. */
  readonly expiresSec: number;
};

/** Far beyond any clock that a chain could live with. */
export const clockSkewMaxMs = 86_400_000;

const head = "wellspring beacon v1";
const whole = "(0|-?[1-9][0-9]{0,14})";
const lines = [
  "origin: ([\\x21-\\x7e]{1,32})",
  "chain: ([A-Za-z0-9._-]{1,48})",
  "operator: ([a-z0-9]{1,20}1[a-z0-9]{38,60})",
  "version: ([1-9][0-9]{0,3})",
  "genesis: ([0-9a-f]{64})",
  "node: ([0-9a-f]{40})",
  "binary-version: ([\\x21-\\x7e]{1,64})",
  "binary-sha256: ([0-9a-f]{64})",
  "init-chain-passed: (yes|no)",
  `clock-skew-ms: ${whole}`,
  "signer-height: (0|[1-9][0-9]{0,14})",
  "nonce: ([0-9a-f]{32})",
  "expires: ([1-9][0-9]{0,10})",
];
const form = new RegExp(`^${head}\n${lines.join("\n")}\n$`);

/**
 * Writes the text that a node signs: a head, one fact a line, a line break at its end. It is longer than the 32 bytes
 * that a node signs for a peer, so that neither can stand for the other. Throws where a fact has no place in it.
 */
export function writeBeaconText(facts: BeaconFacts): string {
  const text = [
    head,
    `origin: ${facts.origin}`,
    `chain: ${facts.chainId}`,
    `operator: ${facts.operator}`,
    `version: ${facts.version}`,
    `genesis: ${facts.genesisSha256}`,
    `node: ${facts.node}`,
    `binary-version: ${facts.binaryVersion}`,
    `binary-sha256: ${facts.binarySha256}`,
    `init-chain-passed: ${facts.initChainPassed ? "yes" : "no"}`,
    `clock-skew-ms: ${facts.clockSkewMs}`,
    `signer-height: ${facts.signerHeight}`,
    `nonce: ${facts.nonce}`,
    `expires: ${facts.expiresSec}`,
    "",
  ].join("\n");
  if (readBeaconText(text) === null) throw new RangeError("a fact of a beacon has the wrong form");
  return text;
}

/** Reads what {@link writeBeaconText} wrote; null: it is none. Never throws. */
export function readBeaconText(text: string): BeaconFacts | null {
  const found = form.exec(text)?.slice(1);
  if (found === undefined) return null;
  const at = (place: number) => found[place] ?? "";
  const facts: BeaconFacts = {
    origin: at(0),
    chainId: at(1),
    operator: at(2),
    version: Number(at(3)),
    genesisSha256: at(4),
    node: at(5),
    binaryVersion: at(6),
    binarySha256: at(7),
    initChainPassed: at(8) === "yes",
    clockSkewMs: Number(at(9)),
    signerHeight: Number(at(10)),
    nonce: at(11),
    expiresSec: Number(at(12)),
  };
  return Math.abs(facts.clockSkewMs) <= clockSkewMaxMs ? facts : null;
}

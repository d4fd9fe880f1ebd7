/** The chain's own binary, as the network file describes it. */
export type BinaryForms = {
  readonly name: string;
  /** Below the operator's own folder, such as `.simd`. */
  readonly home: string;
  readonly gentx: "genesis gentx" | "gentx";
  readonly createValidator: "file" | "flags";
  readonly unjail: boolean;
  /** Whether a gentx carries nodeid@host:port in its memo. */
  readonly peerInMemo: boolean;
  /** Where its source is. */
  readonly source: string | null;
  /** What is staked where nothing else says how much, in base units. */
  readonly stake: string;
  /** What is staked by who comes after the launch: half of what the faucet pays, so that the fee is there as well. */
  readonly lateStake: string;
};

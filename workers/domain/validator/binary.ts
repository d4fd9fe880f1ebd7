/** The chain's own binary, as the network file describes it. */
export type BinaryForms = {
  readonly name: string;
  /** Below the operator's own folder, such as `.simd`. */
  readonly home: string;
  readonly gentx: "genesis gentx" | "gentx";
  readonly createValidator: "file" | "flags";
  readonly unjail: boolean;
  readonly gitRepo: string | null;
  readonly version: string | null;
};

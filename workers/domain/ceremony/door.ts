import type { CeremonyRoomApi } from "./ceremony-api.ts";
import type { LaunchEyes } from "./launch.ts";

/** What a network's ceremony is asked through. */
export type CeremonyDoor =
  /** The network file has no `ceremony`. */
  | { readonly kind: "none" }
  /** Something is missing; `detail` says what to set. */
  | { readonly kind: "closed"; readonly detail: string }
  | {
      readonly kind: "open";
      readonly room: CeremonyRoomApi;
      readonly gentxsPerDay: number;
      /** Looks at the chain that the ceremony launches; what it saw is some seconds old at most. */
      readonly eyes: LaunchEyes;
    };

/** A ceremony gave no answer. What was asked may have happened. */
export class CeremonyUnreachable extends Error {
  override name = "CeremonyUnreachable";
}

/** What an admin key may do: look, run the faucet, or move a ceremony on. */
export type Role = "viewer" | "operator" | "coordinator";

/** All roles there are. */
export const roles: readonly Role[] = ["viewer", "operator", "coordinator"];

/** Who acts: the name stands in each audit row. Two keys may share a name while one takes the other's place. */
export type Actor = { readonly name: string; readonly roles: readonly Role[] };

/** Whether an actor may do what a role may. Looking is part of every role. */
export function mayAct(actor: Actor, role: Role): boolean {
  return role === "viewer" ? actor.roles.length > 0 : actor.roles.includes(role);
}

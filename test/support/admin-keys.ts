/** Admin keys of the Worker under test, by what each may do. They open nothing else. */
export const adminKeys = {
  viewer: "wsa_vera_dmlld2VyLXZpZXdlci12aWV3ZXItdmlld2VyLXZpZXdlcg",
  operator: "wsa_olga_b3BlcmF0b3Itb3BlcmF0b3Itb3BlcmF0b3Itb3BlcmF0bw",
  coordinator: "wsa_carl_Y29vcmRpbmF0b3ItY29vcmRpbmF0b3ItY29vcmRpbmF0b3I",
  both: "wsa_bea_Ym90aC1ib3RoLWJvdGgtYm90aC1ib3RoLWJvdGgtYm90aC1i",
} as const;

/** Which roles each of them has. */
export const adminRoles = {
  viewer: ["viewer"],
  operator: ["operator"],
  coordinator: ["coordinator"],
  both: ["operator", "coordinator"],
} as const;

/** An address that no other test tries wrong keys from. */
export function newAdminClient(): string {
  return `203.0.${Math.floor(Math.random() * 200)}.${Math.floor(Math.random() * 254)}`;
}

/**
 * The claim's id for an Idempotency-Key: the same key on the same network and deployment is the same claim.
 * A UUID of version 8 (RFC 9562) made of SHA-256.
 */
export async function claimIdOf(deploymentId: string, chainId: string, key: string): Promise<string> {
  const text = JSON.stringify(["wellspring/claim", deploymentId, chainId, key]);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).slice(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

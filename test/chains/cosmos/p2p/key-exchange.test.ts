import { createPublicKey, diffieHellman, generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { deriveKeys, newEphemeral, sessionOf } from "../../../../workers/chains/cosmos/p2p/key-exchange.ts";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const bytes = (text: string) => Uint8Array.from(Buffer.from(text, "hex"));

/** Secret, whether we are lower, the key to receive and the key to send (CometBFT v0.38, p2p/conn/testdata). */
const golden = [
  [
    "9fe4a5a73df12dbd8659b1d9280873fe993caefec6b0ebc2686dd65027148e03",
    true,
    "80a83ad6afcb6f8175192e41973aed31dd75e3c106f813d986d9567a4865eb2f",
    "96362a04f628a0666d9866147326898bb0847b8db8680263ad19e6336d4eed9e",
  ],
  [
    "0716764b370d543fee692af03832c16410f0a56e4ddb79604ea093b10bb6f654",
    false,
    "84f2b1e8658456529a2c324f46c3406c3c6fecd5fbbf9169f60bed8956a8b03d",
    "cba357ae33d7234520d5742102a2a6cdb39b7db59c14a58fa8aadd310127630f",
  ],
  [
    "6104474c791cda24d952b356fb41a5d273c0ce6cc87d270b1701d0523cd5aa13",
    true,
    "1cb4397b9e478430321af4647da2ccbef62ff8888542d31cca3f626766c8080f",
    "673b23318826bd31ad1a4995c6e5095c4b092f5598aa0a96381a3e977bc0eaf9",
  ],
] as const;

/** Every encoding below 2^255 of a point of order 1, 2, 4 or 8 on Curve25519 and its twist. */
const lowOrder = [
  "00".repeat(32),
  `01${"00".repeat(31)}`,
  "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
  "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
  `ec${"ff".repeat(30)}7f`,
  `ed${"ff".repeat(30)}7f`,
  `ee${"ff".repeat(30)}7f`,
];

describe("the keys of a connection", () => {
  it.each(golden)("from the secret %s are CometBFT's", async (secret, weAreLower, receive, send) => {
    const keys = await deriveKeys(bytes(secret), weAreLower);
    expect([hex(keys.receiveKey), hex(keys.sendKey)]).toEqual([receive, send]);
  });

  it("are made from the secret that the other side finds too", async () => {
    const own = await newEphemeral();
    const theirs = generateKeyPairSync("x25519");
    const head = Buffer.from("302a300506032b656e032100", "hex");
    const publicKey = createPublicKey({ key: Buffer.concat([head, own.publicKey]), format: "der", type: "spki" });
    const secret = await own.sharedWith(theirs.publicKey.export({ format: "der", type: "spki" }).subarray(-32));
    expect(hex(secret)).toBe(hex(diffieHellman({ privateKey: theirs.privateKey, publicKey })));
  });

  it.each(lowOrder)("are none with the key of low order %s, also with its highest bit set", async (key) => {
    const own = await newEphemeral();
    const high = bytes(key);
    high[31] = (high[31] ?? 0) | 0x80;
    for (const theirs of [bytes(key), high])
      await expect(own.sharedWith(theirs)).rejects.toMatchObject({ name: "PeerFailed" });
  });

  it("are the same on both sides crosswise, with one challenge", async () => {
    const [a, b, secret] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2), new Uint8Array(32).fill(3)];
    const [one, other] = [await sessionOf(a, b, secret), await sessionOf(b, a, secret)];
    expect(one).toEqual({ challenge: other.challenge, sendKey: other.receiveKey, receiveKey: other.sendKey });
    expect(hex(one.sendKey)).not.toBe(hex(one.receiveKey));
  });

  it("are none with who shows our own key to us", async () => {
    const own = new Uint8Array(32).fill(1);
    await expect(sessionOf(own, own.slice(), new Uint8Array(32))).rejects.toMatchObject({ name: "PeerFailed" });
  });
});

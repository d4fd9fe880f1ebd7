import { describe, expect, it } from "vitest";
import { Transcript } from "../../../../workers/chains/cosmos/p2p/transcript.ts";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const utf8 = (text: string) => new TextEncoder().encode(text);

// The expected bytes are those of Merlin's own conformance tests (dalek-cryptography/merlin, src/transcript.rs).
describe("a Merlin transcript", () => {
  it("draws what the reference draws after one message", () => {
    const transcript = new Transcript("test protocol");
    transcript.append("some label", utf8("some data"));
    expect(hex(transcript.challenge("challenge", 32))).toBe(
      "d5a21972d0d5fe320c0d263fac7fffb8145aa640af6e9bca177c03c7efcf0615",
    );
  });

  it("draws what the reference draws after thirty-two rounds of messages longer than its state", () => {
    const transcript = new Transcript("test protocol");
    transcript.append("step1", utf8("some data"));
    let drawn: Uint8Array = new Uint8Array();
    for (let round = 0; round < 32; round += 1) {
      drawn = transcript.challenge("challenge", 32);
      transcript.append("bigdata", new Uint8Array(1024).fill(99));
      transcript.append("challengedata", drawn);
    }
    expect(hex(drawn)).toBe("a8c933f54fae76e3f9bea93648c1308e7dfa2152dd51674ff3ca438351cf003c");
  });

  it("draws something else for another label, another message, or another place of the border between them", () => {
    const drawn = [
      ["label", "message"],
      ["labe", "lmessage"],
      ["label", "messagf"],
      ["labem", "message"],
    ].map(([label = "", message = ""]) => {
      const transcript = new Transcript("p");
      transcript.append(label, utf8(message));
      return hex(transcript.challenge("c", 32));
    });
    expect(new Set(drawn).size).toBe(4);
  });
});

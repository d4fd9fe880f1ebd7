import { describe, expect, it } from "vitest";
import { boundedText } from "../../../workers/domain/shared/bounded-text.ts";

/** A body in these pieces, without an end of its own; and whether its reader let it go. */
function endless(...pieces: readonly (readonly number[])[]) {
  const seen = { cancelled: false, pulled: 0 };
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        controller.enqueue(Uint8Array.from(pieces[seen.pulled % pieces.length] ?? []));
        seen.pulled += 1;
      },
      cancel: () => {
        seen.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { body, seen };
}
async function* whole(...pieces: readonly (readonly number[])[]) {
  for (const piece of pieces) yield Uint8Array.from(piece);
}

describe("a body of bounded length", () => {
  it("is read to its last byte where that is just within the bound", async () => {
    expect(await boundedText(whole([65, 66], [67]), 3)).toBe("ABC");
    expect(await boundedText(whole([65, 66], [67]), 2)).toBeNull();
    expect(await boundedText(null, 3)).toBe("");
  });

  it("is let go at the first byte too many, however long it would go on", async () => {
    const { body, seen } = endless([65, 65, 65, 65]);
    expect(await boundedText(body, 10)).toBeNull();
    expect(seen).toEqual({ cancelled: true, pulled: 3 });
  });

  it("may break a letter anywhere, and is refused or mended where it is no UTF-8", async () => {
    expect(await boundedText(whole([0xe2], [0x82], [0xac]), 3, { fatal: true })).toBe("€");
    expect(await boundedText(whole([65, 0xe2]), 3)).toBe("A\ufffd");
    await expect(boundedText(whole([65, 0xe2]), 3, { fatal: true })).rejects.toThrow(TypeError);
  });
});

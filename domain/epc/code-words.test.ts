import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyKey } from "../../test/support/epc-arbitraries.ts";
import { codeWordsOf } from "./code-words.ts";
import { encodeKey } from "./encode-key.ts";
import { identityOfEpc } from "./identity.ts";

describe("Code words of a key", () => {
  it("are all tags that have it as their identity, in every filter and length", () => {
    fc.assert(
      fc.property(anyKey, ({ scheme, parts }) => {
        const hex = encodeKey(parts, scheme);
        if (!hex.ok) throw new Error(hex.detail);
        const identity = identityOfEpc(hex.value);
        const words = codeWordsOf(identity);
        expect(words).toContain(hex.value);
        expect(new Set(words.map(identityOfEpc))).toEqual(new Set([identity]));
      }),
    );
  });

  it("is the key itself where a tag is not decoded", () => {
    for (const foreign of ["E2801160600002054CC2096F", "AD99160040AAC995", "301C00004000004000000001"]) {
      expect(codeWordsOf(foreign)).toEqual([foreign]);
    }
  });
});

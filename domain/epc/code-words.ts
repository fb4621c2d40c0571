import { decodeKey } from "./decode-key.ts";
import { encodeKey } from "./encode-key.ts";
import { schemeOfHeader } from "./headers.ts";
import { keySchemeNamed, schemesOfKey } from "./key-schemes.ts";

const FILTERS = [0, 1, 2, 3, 4, 5, 6, 7];

/**
 * All code words (upper-case hex) under which tags of one thing are read: those of every filter and length where its key is
 * decoded, else the key alone. `identity` is a key as `identityOfEpc` gives it.
 */
export function codeWordsOf(identity: string): string[] {
  const scheme = keySchemeNamed(schemeOfHeader(identity) ?? "");
  if (scheme === undefined || identity.length * 4 < scheme.bits) return [identity];
  const parts = decodeKey(scheme, identity);
  if (!parts.ok) return [identity];
  const words = schemesOfKey(scheme.key).flatMap((length) =>
    FILTERS.flatMap((filter) => {
      const word = encodeKey({ ...parts.value, filter }, length);
      return word.ok ? [word.value] : [];
    }),
  );
  return [...new Set([identity, ...words])];
}

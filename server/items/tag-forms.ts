import { fixedPrefixLength } from "../../domain/epc/company-prefix.ts";
import { decodeEpc } from "../../domain/epc/decode-epc.ts";
import { isWebUri, parseDigitalLink } from "../../domain/epc/digital-link.ts";
import { isElementString, parseElementString } from "../../domain/epc/element-string.ts";
import { encodeEpcUri, encodeGs1Key, parseEpcText } from "../../domain/epc/encode-epc.ts";
import { parseEpcHex } from "../../domain/epc/hex.ts";
import { identityOfEpc } from "../../domain/epc/identity.ts";
import { isKeyName, schemesOfKey } from "../../domain/epc/key-schemes.ts";
import { identityOfPlus } from "../../domain/epc/plus.ts";
import { parseGtin } from "../../domain/gtin.ts";
import { ok, type Result } from "../../domain/result.ts";

const FILTERS = [0, 1, 2, 3, 4, 5, 6, 7];
const PREFIX_LENGTHS = [6, 7, 8, 9, 10, 11, 12];

/**
 * The identities that a text may name: hex and EPC URIs name one. An element string or Digital Link does not say how long
 * the company prefix is, so it stands for one identity for each length, and for that of an SGTIN+, which has none.
 */
export function identitiesOf(text: string): Result<string[]> {
  const isLink = isWebUri(text);
  if (!isLink && (/^(0x)?[0-9a-f]+$/i.test(text) || !isElementString(text))) {
    const parsed = parseEpcText(text);
    return parsed.ok ? ok([identityOfEpc(parsed.value)]) : parsed;
  }
  const key = isLink ? parseDigitalLink(text) : parseElementString(text);
  if (!key.ok) return key;
  const encoded = PREFIX_LENGTHS.map((length) =>
    encodeGs1Key(key.value, { prefixLength: fixedPrefixLength(length) }),
  );
  const identities: string[] = encoded.flatMap((one) => (one.ok ? [one.value] : []));
  const { ai, value, serial } = key.value;
  const gtin = ai === "01" && serial !== null ? parseGtin(value) : null;
  if (gtin?.ok && serial !== null) identities.push(identityOfPlus({ gtin14: gtin.value, serial }));
  const [first] = encoded;
  return identities.length > 0 || first === undefined || first.ok ? ok([...new Set(identities)]) : first;
}

/**
 * The code words that tags of one identity may carry, as raw reads have them: any filter, the short scheme and the long one.
 * A DSGTIN+ carries a date besides, so its tags are found by the SGTIN+ form alone. Other tags are their own identity.
 */
export function tagForms(identity: string): string[] {
  const hex = parseEpcHex(identity);
  const decoded = hex.ok ? decodeEpc(hex.value) : null;
  if (decoded === null || !decoded.ok) return [identity];
  const key = decoded.scheme?.split("-")[0] ?? "";
  const uri = decoded.pureIdentityUri;
  if (uri === null) return plusForms(identity);
  if (!isKeyName(key)) return [identity];
  const forms = new Set([identity]);
  for (const { bits } of schemesOfKey(key)) {
    for (const filter of FILTERS) {
      const form = encodeEpcUri(uri, { filter, bits });
      if (form.ok) forms.add(form.value);
    }
  }
  return [...forms];
}

/** The third hex digit of an SGTIN+ is the bit "AIDC data follows" and the filter. */
function plusForms(identity: string): string[] {
  return Array.from(
    { length: 16 },
    (_, digit) => identity.slice(0, 2) + digit.toString(16).toUpperCase() + identity.slice(3),
  );
}

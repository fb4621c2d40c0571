import { parseGs1Key } from "../gs1-check-digit.ts";
import { parseGtin } from "../gtin.ts";
import { ok, refuse, type Refusal, type Result } from "../result.ts";
import type { PrefixLength } from "./company-prefix.ts";
import type { KeyName, KeyParts } from "./key-schemes.ts";

/**
 * One thing as element strings and Digital Links name it: the key by its application identifier, and its serial (AI 21) or
 * extension (AI 254) where it has one.
 */
export type Gs1Key = { ai: "01" | "00" | "414" | "8003" | "8004"; value: string; serial: string | null };

/** GRAI: 0, 12 digits, a check digit, then the serial. */
const GRAI_DIGITS = 14;
const GTIN_LENGTH = 14;
const SGLN_WITHOUT_EXTENSION = "0";

export function isGs1KeyAi(ai: string): ai is Gs1Key["ai"] {
  return ai === "01" || ai === "00" || ai === "414" || ai === "8003" || ai === "8004";
}

/**
 * What an EPC of the key is made of. The prefix's length comes from outside. Refuses `epc_prefix_length_unknown`,
 * `epc_key_without_serial`, `epc_uri_digits`, and what `parseGtin` and `parseGs1Key` refuse. Serials are judged by `encodeKey`.
 */
export function partsOfGs1Key(key: Gs1Key, prefixLength: PrefixLength, filter: number): Result<KeyParts> {
  switch (key.ai) {
    case "01": {
      const gtin = parseGtin(key.value);
      if (!gtin.ok) return gtin;
      if (key.serial === null) return withoutSerial("the GTIN has no serial (AI 21)");
      const digits = gtin.value.slice(1, GTIN_LENGTH - 1);
      return partsOf("sgtin", gtin.value.slice(0, 1), digits, key.serial, prefixLength, filter);
    }
    case "00": {
      const sscc = parseGs1Key("SSCC", key.value);
      if (!sscc.ok) return sscc;
      const digits = sscc.value.slice(1, -1);
      return partsOf("sscc", sscc.value.slice(0, 1), digits, null, prefixLength, filter);
    }
    case "414": {
      const gln = parseGs1Key("GLN", key.value);
      if (!gln.ok) return gln;
      const extension = key.serial ?? SGLN_WITHOUT_EXTENSION;
      return partsOf("sgln", "", gln.value.slice(0, -1), extension, prefixLength, filter);
    }
    case "8003": {
      const grai = parseGs1Key("GRAI", key.value.slice(0, GRAI_DIGITS));
      if (!grai.ok) return grai;
      const serial = key.value.slice(GRAI_DIGITS);
      if (serial === "") return withoutSerial("the GRAI has no serial after its 14 digits");
      return partsOf("grai", "", grai.value.slice(1, -1), serial, prefixLength, filter);
    }
    case "8004":
      return partsOf("giai", "", key.value, null, prefixLength, filter);
    default:
      return key.ai satisfies never;
  }
}

/** `first` stands before the prefix in the key's number and begins the reference in the EPC. */
function partsOf(
  key: KeyName,
  first: string,
  digits: string,
  serial: string | null,
  prefixLength: PrefixLength,
  filter: number,
): Result<KeyParts> {
  const length = prefixLength(digits);
  if (length === null) {
    return refuse(
      "epc_prefix_length_unknown",
      `how many of the digits ${digits.slice(0, 40)} are the company prefix is not in the number: say its length`,
    );
  }
  if (!Number.isInteger(length) || length < 6 || length > 12) {
    return refuse("epc_uri_digits", `a company prefix has 6 to 12 digits, not ${length}`);
  }
  const gs1CompanyPrefix = digits.slice(0, length);
  return ok({ key, filter, gs1CompanyPrefix, reference: first + digits.slice(length), serial });
}

function withoutSerial(what: string): Refusal {
  return refuse("epc_key_without_serial", `${what}: it names a class of things, not one`);
}

import { parseGtin } from "../gtin.ts";
import { ok, refuse, type Result } from "../result.ts";
import { bitsAt, hexOfBits } from "./bits.ts";
import type { EpcFields } from "./epc-fields.ts";
import { digitalLinkOf, elementStringOf } from "./key-forms.ts";
import { plusSerialAt, plusSerialFields } from "./plus-serial.ts";

export type PlusScheme = "SGTIN+" | "DSGTIN+";

/** What a "+" tag of a trade item says. `date` is null for SGTIN+. `bits` are all that the EPC takes. */
export type PlusParts = {
  filter: number;
  aidcDataFollows: boolean;
  date: { ai: string; yymmdd: string } | null;
  gtin14: string;
  serial: string;
  bits: number;
};

const AFTER_FILTER = 12;
const DATE_BITS = 20;
const GTIN_DIGITS = 14;
/** The AI of DSGTIN+'s date by its type: production, packaging, best before, sell by, expiry, first frozen, harvest (TDS 2.3). */
const DATE_AIS = ["11", "13", "15", "16", "17", "7006", "7007"];

/**
 * Decodes SGTIN+ and DSGTIN+ (TDS 2.3): header 8, "more data follows" 1, filter 3, with DSGTIN+ a date of 20, the GTIN's 14 digits
 * of 4 bits, the serial. Refuses `epc_too_short`, `epc_date_invalid`, `epc_gtin_digits`, and what `parseGtin` and `plusSerialAt` refuse.
 */
export function decodePlus(scheme: PlusScheme, hex: string): Result<PlusParts> {
  const gtinOffset = AFTER_FILTER + (scheme === "DSGTIN+" ? DATE_BITS : 0);
  const serialOffset = gtinOffset + GTIN_DIGITS * 4;
  if (hex.length * 4 < serialOffset) {
    return refuse(
      "epc_too_short",
      `${scheme} needs more than ${serialOffset} bits, but there are ${hex.length * 4}`,
    );
  }
  const date = scheme === "DSGTIN+" ? dateAt(hex, AFTER_FILTER) : ok(null);
  if (!date.ok) return date;
  // Both offsets are whole hex digits.
  const digits = hex.slice(gtinOffset / 4, serialOffset / 4);
  if (!/^\d+$/.test(digits)) {
    return refuse("epc_gtin_digits", `the GTIN's field holds "${digits}", which are not 14 digits`);
  }
  const gtin = parseGtin(digits);
  if (!gtin.ok) return gtin;
  const serial = plusSerialAt(hex, serialOffset);
  if (!serial.ok) return serial;
  return ok({
    filter: bitsAt(hex, 9, 3),
    aidcDataFollows: bitsAt(hex, 8, 1) === 1,
    date: date.value,
    gtin14: gtin.value,
    serial: serial.value.serial,
    bits: serialOffset + serial.value.bits,
  });
}

/** All that the parts give. There is neither partition nor URI: the company prefix's length is not on the tag. */
export function fieldsOfPlus(parts: PlusParts): EpcFields {
  const { filter, aidcDataFollows, date, gtin14, serial } = parts;
  const ais = { "01": gtin14, "21": serial, ...(date === null ? {} : { [date.ai]: date.yymmdd }) };
  return {
    filter,
    partition: null,
    gs1CompanyPrefix: null,
    reference: null,
    serial,
    gtin14,
    sscc: null,
    gln: null,
    grai: null,
    giai: null,
    ais,
    aidcDataFollows,
    pureIdentityUri: null,
    tagUri: null,
    elementString: elementStringOf(ais),
    digitalLink: digitalLinkOf(ais),
  };
}

/** One code word for one item, whatever its tag's filter, date, encoding of the serial, or further data: an SGTIN+. */
export function identityOfPlus({ gtin14, serial }: Pick<PlusParts, "gtin14" | "serial">): string {
  return hexOfBits([
    { value: 0xf7, bits: 8 },
    { value: 0, bits: 4 },
    ...Array.from(gtin14, (digit) => ({ value: Number(digit), bits: 4 })),
    ...plusSerialFields(serial),
  ]);
}

function dateAt(hex: string, offset: number): Result<{ ai: string; yymmdd: string }> {
  const type = bitsAt(hex, offset, 4);
  const ai = DATE_AIS[type];
  if (ai === undefined) {
    return refuse("epc_date_invalid", `the date's type is ${type}; only 0 to 6 are defined`);
  }
  const year = bitsAt(hex, offset + 4, 7);
  const month = bitsAt(hex, offset + 11, 4);
  const day = bitsAt(hex, offset + 15, 5);
  const yymmdd = [year, month, day].map((part) => String(part).padStart(2, "0")).join("");
  // Day 00 is legal: the month as a whole.
  if (year > 99 || month < 1 || month > 12 || day > daysOf(year, month)) {
    return refuse("epc_date_invalid", `the date is year ${year}, month ${month}, day ${day}, which is none`);
  }
  return ok({ ai, yymmdd });
}

/** Leap years by four: the century is not on the tag. */
function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

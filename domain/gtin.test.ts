import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gtinCheckDigit, gtinFromNumber, gtinToNumber, parseGtin, restrictedGtin } from "./gtin.ts";

/** The definition, digit by digit, to compare the fast form with. */
function checkDigitByDefinition(body: string): number {
  const sum = Array.from(body)
    .reverse()
    .reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10;
}

describe("GTIN", () => {
  it.each([
    ["80614141123458", "80614141123458"],
    ["5901234123457", "05901234123457"],
    ["614141007349", "00614141007349"],
    ["96385074", "00000096385074"],
  ])("%s is the product %s", (text, gtin14) => {
    expect(parseGtin(text)).toEqual({ ok: true, value: gtin14 });
  });

  it.each([
    ["", "gtin_not_digits"],
    ["59O1234123457", "gtin_not_digits"],
    [" 5901234123457", "gtin_not_digits"],
    ["-5901234123457", "gtin_not_digits"],
    ["590123412345", "gtin_check_digit"],
    ["59012341234", "gtin_length"],
    ["005901234123457", "gtin_length"],
    ["5901234123458", "gtin_check_digit"],
    ["5901234132457", "gtin_check_digit"],
    ["00000000000000", "gtin_zero"],
  ])("%j is refused with %s", (text, code) => {
    expect(parseGtin(text)).toMatchObject({ ok: false, code });
  });

  it("has the check digit of the standard's definition for every body", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999_999_999 }), (body) => {
        expect(gtinCheckDigit(body)).toBe(checkDigitByDefinition(String(body)));
      }),
    );
  });

  it("is refused when any one digit is wrong", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9_999_999_999_999 }),
        fc.nat(13),
        fc.integer({ min: 1, max: 9 }),
        (body, place, shift) => {
          const right = gtinFromNumber(body * 10 + gtinCheckDigit(body));
          const wrongDigit = (Number(right[place]) + shift) % 10;
          expect(parseGtin(right.slice(0, place) + wrongDigit + right.slice(place + 1)).ok).toBe(false);
        },
      ),
    );
  });

  it("survives the way to a number and back", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999_999_999 }), (body) => {
        const gtin = gtinFromNumber(body * 10 + gtinCheckDigit(body));
        expect(gtinFromNumber(gtinToNumber(gtin))).toBe(gtin);
        expect(parseGtin(gtin)).toEqual({ ok: true, value: gtin });
      }),
    );
  });

  it("for codes without one is a valid GTIN in the restricted range, another for each index, for ever the same", () => {
    expect(restrictedGtin(0)).toBe("02000000000008");
    expect(restrictedGtin(12345)).toBe("02000000123455");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 11 - 2 }), (index) => {
        expect(parseGtin(restrictedGtin(index))).toEqual({ ok: true, value: restrictedGtin(index) });
        expect(restrictedGtin(index)).toMatch(/^02/);
        expect(restrictedGtin(index + 1)).not.toBe(restrictedGtin(index));
      }),
    );
    expect(() => restrictedGtin(-1)).toThrow(RangeError);
    expect(() => restrictedGtin(10 ** 11)).toThrow(RangeError);
  });
});

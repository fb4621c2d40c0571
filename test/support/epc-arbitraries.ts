import fc from "fast-check";
import { KEY_SCHEMES, type KeyParts, type KeyScheme } from "../../domain/epc/key-schemes.ts";

/** The characters of TDS table A-1, written out here again: a test must not ask the code that it tests. */
export const SERIAL_CHARACTERS =
  "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((list) => list.join(""));

const text = (maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...Array.from(SERIAL_CHARACTERS)), minLength: 1, maxLength });

const integer = (bits: number) => fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n }).map(String);

function serialOf({ serial }: KeyScheme): fc.Arbitrary<string | null> {
  if (serial.kind === "integer") return integer(serial.bits);
  return serial.kind === "text" ? text(serial.characters) : fc.constant(null);
}

/** Any legal parts of a scheme. */
function partsOf(scheme: KeyScheme): fc.Arbitrary<KeyParts> {
  const both = fc.integer({ min: 0, max: 6 }).chain((value) => {
    const partition = scheme.partitions[value];
    if (partition === undefined) throw new Error(`no partition ${value}`);
    const reference =
      scheme.reference === "digits"
        ? digits(partition.referenceDigits)
        : scheme.reference === "integer"
          ? integer(partition.referenceBits)
          : text(partition.referenceDigits);
    return fc.tuple(digits(partition.prefixDigits), reference);
  });
  return fc
    .record({ filter: fc.nat(7), both, serial: serialOf(scheme) })
    .map(({ filter, both: [gs1CompanyPrefix, reference], serial }) => ({
      key: scheme.key,
      filter,
      gs1CompanyPrefix,
      reference,
      serial,
    }));
}

/** A scheme and legal parts of it. */
export const anyKey: fc.Arbitrary<{ scheme: KeyScheme; parts: KeyParts }> = fc
  .constantFrom(...KEY_SCHEMES)
  .chain((scheme) => partsOf(scheme).map((parts) => ({ scheme, parts })));

/** Value of a hex digit by its character code; 0 elsewhere (the callers have checked the digits). */
const HEX_VALUE = hexValues();

function hexValues(): Uint8Array {
  const values = new Uint8Array(128);
  for (let digit = 0; digit < 16; digit += 1) {
    const text = digit.toString(16);
    values[text.charCodeAt(0)] = digit;
    values[text.toUpperCase().charCodeAt(0)] = digit;
  }
  return values;
}

/**
 * `count` (1 to 49) bits of a hex text from bit `offset`, most significant first, as a number.
 * The text must be hex and long enough. Plain numbers instead of BigInt: this runs for every tag read.
 */
export function bitsAt(hex: string, offset: number, count: number): number {
  const end = offset + count;
  let index = offset >> 2;
  const last = (end - 1) >> 2;
  let value = digitAt(hex, index) & (15 >> (offset & 3));
  while (index < last) {
    index += 1;
    value = value * 16 + digitAt(hex, index);
  }
  const unused = (last + 1) * 4 - end;
  return unused === 0 ? value : Math.floor(value / (1 << unused));
}

/** As `bitsAt` for fields that a number does not hold exactly (up to 188 bits). */
export function bigBitsAt(hex: string, offset: number, count: number): bigint {
  let value = 0n;
  for (let done = 0; done < count; ) {
    const taken = Math.min(48, count - done);
    value = (value << BigInt(taken)) | BigInt(bitsAt(hex, offset + done, taken));
    done += taken;
  }
  return value;
}

/** Whether `count` bits from bit `offset` are all zero. */
export function areZeros(hex: string, offset: number, count: number): boolean {
  for (let done = 0; done < count; done += 48) {
    if (bitsAt(hex, offset + done, Math.min(48, count - done)) !== 0) return false;
  }
  return true;
}

/** The value of one hex digit. */
export function digitAt(hex: string, index: number): number {
  return HEX_VALUE[hex.charCodeAt(index)] ?? 0;
}

/** Joins values of given widths, most significant first, to upper-case hex, filled with zero bits to a multiple of 16. */
export function hexOfBits(fields: readonly { value: number | bigint; bits: number }[]): string {
  let word = 0n;
  let width = 0;
  for (const field of fields) {
    word = (word << BigInt(field.bits)) | BigInt(field.value);
    width += field.bits;
  }
  const padded = Math.ceil(width / 16) * 16;
  return (word << BigInt(padded - width))
    .toString(16)
    .toUpperCase()
    .padStart(padded / 4, "0");
}

import {
  GIAI_202_PARTITIONS,
  GIAI_96_PARTITIONS,
  GRAI_PARTITIONS,
  type Partition,
  SGLN_PARTITIONS,
  SGTIN_PARTITIONS,
  SSCC_PARTITIONS,
} from "./partitions.ts";

/** The GS1 keys whose tags are decoded and encoded, by their name in EPC URIs. */
export type KeyName = "sgtin" | "sscc" | "sgln" | "grai" | "giai";

export type KeySchemeName =
  | "sgtin-96"
  | "sgtin-198"
  | "sscc-96"
  | "sgln-96"
  | "sgln-195"
  | "grai-96"
  | "grai-170"
  | "giai-96"
  | "giai-202";

/**
 * What an EPC of a GS1 key is made of. `reference` follows the prefix in the URI: SGTIN's starts with the GTIN's indicator,
 * SSCC's with the extension digit; GIAI's is the asset's own number or text. `serial` is SGLN's extension ("0" = none) and
 * null for SSCC and GIAI.
 */
export type KeyParts = {
  key: KeyName;
  filter: number;
  gs1CompanyPrefix: string;
  reference: string;
  serial: string | null;
};

/** What follows prefix and reference: a number, characters of 7 bits, bits that must be zero, or nothing. */
export type SerialField =
  | { kind: "integer"; bits: number }
  | { kind: "text"; characters: number }
  | { kind: "zeros"; bits: number }
  | { kind: "none" };

/** A bit layout: header 8, filter 3, partition 3, prefix and reference by the partition, then the serial (TDS 1.13, 14.6). */
export type KeyScheme = {
  name: KeySchemeName;
  key: KeyName;
  header: number;
  bits: number;
  partitions: readonly Partition[];
  /** `digits` are padded to the partition's number, an `integer` is not, `text` is characters of 7 bits. */
  reference: "digits" | "integer" | "text";
  serial: SerialField;
};

const SGTIN = { key: "sgtin", partitions: SGTIN_PARTITIONS, reference: "digits" } as const;
const SGLN = { key: "sgln", partitions: SGLN_PARTITIONS, reference: "digits" } as const;
const GRAI = { key: "grai", partitions: GRAI_PARTITIONS, reference: "digits" } as const;
const LONG_SERIAL = { kind: "text", characters: 20 } as const;

/** The shorter scheme of a key stands before the longer one. */
export const KEY_SCHEMES: readonly KeyScheme[] = [
  { ...SGTIN, name: "sgtin-96", header: 0x30, bits: 96, serial: { kind: "integer", bits: 38 } },
  { ...SGTIN, name: "sgtin-198", header: 0x36, bits: 198, serial: LONG_SERIAL },
  {
    name: "sscc-96",
    key: "sscc",
    header: 0x31,
    bits: 96,
    partitions: SSCC_PARTITIONS,
    reference: "digits",
    serial: { kind: "zeros", bits: 24 },
  },
  { ...SGLN, name: "sgln-96", header: 0x32, bits: 96, serial: { kind: "integer", bits: 41 } },
  { ...SGLN, name: "sgln-195", header: 0x39, bits: 195, serial: LONG_SERIAL },
  { ...GRAI, name: "grai-96", header: 0x33, bits: 96, serial: { kind: "integer", bits: 38 } },
  { ...GRAI, name: "grai-170", header: 0x37, bits: 170, serial: { kind: "text", characters: 16 } },
  {
    name: "giai-96",
    key: "giai",
    header: 0x34,
    bits: 96,
    partitions: GIAI_96_PARTITIONS,
    reference: "integer",
    serial: { kind: "none" },
  },
  {
    name: "giai-202",
    key: "giai",
    header: 0x38,
    bits: 202,
    partitions: GIAI_202_PARTITIONS,
    reference: "text",
    serial: { kind: "none" },
  },
];

const BY_NAME = new Map<string, KeyScheme>(KEY_SCHEMES.map((scheme) => [scheme.name, scheme]));
const KEYS = new Set<string>(KEY_SCHEMES.map((scheme) => scheme.key));

/** The scheme of a name as tag URIs write it (`sgtin-96`); undefined for one that is not decoded here. */
export function keySchemeNamed(name: string): KeyScheme | undefined {
  return BY_NAME.get(name);
}

/** The schemes of a key, the shortest first. */
export function schemesOfKey(key: KeyName): readonly KeyScheme[] {
  return KEY_SCHEMES.filter((scheme) => scheme.key === key);
}

export function isKeyName(name: string): name is KeyName {
  return KEYS.has(name);
}

/** What each filter value says (TDS 1.13, tables 10-1 to 10-5). A filter is no part of the identity. */
const FILTERS: Readonly<Record<KeyName, Readonly<Record<number, string>>>> = {
  sgtin: {
    0: "all others",
    1: "POS trade item",
    2: "full case for transport",
    3: "reserved",
    4: "inner pack",
    5: "reserved",
    6: "unit load",
    7: "unit inside trade item or component not for individual sale",
  },
  sscc: { 0: "all others", 2: "full case for transport", 6: "unit load" },
  sgln: { 0: "all others" },
  grai: { 0: "all others" },
  giai: { 0: "all others", 1: "rail vehicle" },
};

/** The meaning of a filter value for a scheme's name, also SGTIN+ and DSGTIN+; "reserved" where the standard gives none. */
export function filterName(scheme: string, filter: number): string {
  const key = scheme
    .toLowerCase()
    .replace(/^d(?=sgtin)/, "")
    .replace(/[-+].*$/, "");
  return isKeyName(key) ? (FILTERS[key][filter] ?? "reserved") : "reserved";
}

import type { EpcHex } from "../identifiers.ts";

/**
 * What a decoded tag says, whatever its scheme; what a scheme has not is null. `reference` stands as in the URI (escaped
 * where it is text), `serial` as itself; an SGLN without extension has the serial "0". `sscc`, `gln`, `grai` (with its serial)
 * and `giai` are the keys as element strings carry them.
 */
export type EpcFields = {
  filter: number | null;
  partition: number | null;
  gs1CompanyPrefix: string | null;
  reference: string | null;
  serial: string | null;
  gtin14: string | null;
  sscc: string | null;
  gln: string | null;
  grai: string | null;
  giai: string | null;
  /** By application identifier (AI), dates of DSGTIN+ as YYMMDD. */
  ais: Readonly<Record<string, string>>;
  /** Only of "+" schemes: whether more data follows the EPC on the tag. It is not decoded. */
  aidcDataFollows: boolean | null;
  /** Null for "+" schemes: without the company prefix's length there is no URI, only element string and Digital Link. */
  pureIdentityUri: string | null;
  tagUri: string | null;
  elementString: string;
  digitalLink: string;
};

/**
 * Every tag has these, decoded or not. `scheme` is what its header claims, null where that is no EPC header. `bits` are the
 * scheme's where the tag was decoded, else all that `hex` holds.
 */
export type EpcWord = { hex: EpcHex; bits: number; scheme: string | null; rawUri: string };

/** A tag that was decoded, or one that is kept as it is (`raw`) with the reason why it was not. */
export type DecodedEpc = (EpcWord & EpcFields & { ok: true }) | RawEpc;
export type RawEpc = EpcWord & { ok: false; code: string; detail: string };

import type { EpcHex } from "../identifiers.ts";

/** What a decoded tag says, whatever its scheme. A scheme without a part leaves it null. */
export type EpcFields = {
  filter: number | null;
  partition: number | null;
  gs1CompanyPrefix: string | null;
  reference: string | null;
  serial: string | null;
  gtin14: string | null;
  pureIdentityUri: string;
  tagUri: string | null;
  elementString: string | null;
  digitalLink: string | null;
};

/**
 * Every tag has these, decoded or not. `scheme` is what its header claims, null where that is no EPC header. `bits` are the
 * scheme's where the tag was decoded, else all that `hex` holds.
 */
export type EpcWord = { hex: EpcHex; bits: number; scheme: string | null; rawUri: string };

/** A tag that was decoded, or one that is kept as it is (`raw`) with the reason why it was not. */
export type DecodedEpc = (EpcWord & EpcFields & { ok: true }) | RawEpc;
export type RawEpc = EpcWord & { ok: false; code: string; detail: string };

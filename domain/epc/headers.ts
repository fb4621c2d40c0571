/**
 * The first eight bits of an EPC name its scheme (TDS 2.3, table 14-1). Schemes with a tag URI carry the name used in it;
 * the "+" and "++" schemes have none and carry the standard's own name.
 */
const SCHEME_OF_HEADER: Readonly<Record<string, string>> = {
  "00": "unprogrammed",
  "2C": "gdti-96",
  "2D": "gsrn-96",
  "2E": "gsrnp-96",
  "2F": "usdod-96",
  "30": "sgtin-96",
  "31": "sscc-96",
  "32": "sgln-96",
  "33": "grai-96",
  "34": "giai-96",
  "35": "gid-96",
  "36": "sgtin-198",
  "37": "grai-170",
  "38": "giai-202",
  "39": "sgln-195",
  "3A": "gdti-113",
  "3B": "adi-var",
  "3C": "cpi-96",
  "3D": "cpi-var",
  "3E": "gdti-174",
  "3F": "sgcn-96",
  "40": "itip-110",
  "41": "itip-212",
  E6: "CPI++",
  E7: "GSRN++",
  E8: "GSRNP++",
  E9: "SGLN++",
  EA: "GDTI++",
  EB: "GRAI++",
  EC: "SGCN++",
  ED: "ITIP++",
  EE: "GIAI++",
  EF: "SSCC++",
  F0: "CPI+",
  F1: "GRAI+",
  F2: "SGLN+",
  F3: "ITIP+",
  F4: "GSRN+",
  F5: "GSRNP+",
  F6: "GDTI+",
  F7: "SGTIN+",
  F8: "SGCN+",
  F9: "SSCC+",
  FA: "GIAI+",
  FB: "DSGTIN+",
  FC: "DSGTIN++",
  FD: "SGTIN++",
};

/** The first byte of the tag's own number (TID): such a "code word" is a chip that was never encoded. */
export const TID_HEADER = "E2";

/** The scheme that upper-case hex claims by its header; null where the header is not an EPC's. */
export function schemeOfHeader(hex: string): string | null {
  return SCHEME_OF_HEADER[hex.slice(0, 2)] ?? null;
}

import type { TFunction } from "i18next";
import type { Refusal } from "../../../domain/result.ts";

/** Why what was scanned was not taken, without its stop; what the standards' own checks find is said in their words. */
export function scanWords(t: TFunction, { code, detail }: Pick<Refusal, "code" | "detail">): string {
  switch (code) {
    case "scan_empty":
      return t("Nothing was scanned");
    case "scan_unknown":
      return t("This is neither a barcode's number nor a tag's code");
    case "scan_no_product":
      return t("This code names no product");
    case "gtin_length":
      return t("A barcode's number has 8, 12, 13 or 14 digits");
    case "gtin_check_digit":
      return t("This is no barcode's number: a digit is wrong");
    default:
      return detail;
  }
}

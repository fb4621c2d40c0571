import type { TFunction } from "i18next";
import type { ReadVerdict } from "../../../domain/read-verdict.ts";

/** What was made of a read when it came in, as people read it. */
export function verdictWords(verdict: ReadVerdict, t: TFunction): string {
  switch (verdict) {
    case "accepted":
      return t("accepted");
    case "stray":
      return t("stray: too weak to say anything");
    case "waiting":
      return t("waited for its antenna's zone");
    case "too_old":
      return t("too old");
    case "in_future":
      return t("ahead of the clock");
    case "no_product":
      return t("names no product");
    case "unknown_product":
      return t("its product was not known");
    default:
      return verdict satisfies never;
  }
}

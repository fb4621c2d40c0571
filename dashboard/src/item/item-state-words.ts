import type { TFunction } from "i18next";
import type { StockState } from "../../../domain/stock-state.ts";

/** The state of a unit as people read it. */
export function itemStateWords(state: StockState, t: TFunction): string {
  switch (state) {
    case "sellable":
      return t("sellable");
    case "inspect":
      return t("inspect");
    case "damaged":
      return t("damaged");
    case "display_only":
      return t("display only");
    default:
      return state satisfies never;
  }
}

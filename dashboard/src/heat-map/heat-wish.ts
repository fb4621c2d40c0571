import { HEAT_MEASURES, type HeatMeasure } from "./heat-scale.ts";

/** What the heat map shows. All of it lives in the page's address. `category` narrows products to one. */
export type HeatWish = {
  by: "category" | "product";
  measure: HeatMeasure;
  category: string;
  search: string;
  /** Lines by name, or those with the least to promise first. */
  order: "name" | "least";
};

export function parseHeatWish(address: URLSearchParams): HeatWish {
  const by = address.get("by") === "product" ? "product" : "category";
  const usual = by === "product" ? "units" : "share";
  return {
    by,
    measure:
      by === "product" ? "units" : (HEAT_MEASURES.find((each) => each === address.get("show")) ?? usual),
    category: by === "product" ? (address.get("category") ?? "") : "",
    search: address.get("q") ?? "",
    order: address.get("order") === "least" ? "least" : "name",
  };
}

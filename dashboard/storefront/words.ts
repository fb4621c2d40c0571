import type { AvailabilityItem } from "../../client/index.ts";

/** From here down a shopper is told how many are left. */
const FEW = 3;

export type Stock = { text: string; level: "plenty" | "few" | "none" };

/** What a shopper is told of one product in one store. */
export function stockOf(item: AvailabilityItem | undefined): Stock {
  if (item === undefined || item.available === 0) return { text: noneText(item), level: "none" };
  if (item.isCapped) return { text: `${item.available}+ in store`, level: "plenty" };
  if (item.available <= FEW) return { text: `only ${item.available} left`, level: "few" };
  return { text: `${item.available} in store`, level: "plenty" };
}

function noneText(item: AvailabilityItem | undefined): string {
  if (item === undefined || item.reasonCode === "no_record") return "not sold here";
  if (item.availableFrom !== null) {
    return `back ${new Date(item.availableFrom).toLocaleDateString("en", { weekday: "long", day: "numeric", month: "short" })}`;
  }
  return item.reasonCode === "reserved" ? "in other carts" : "sold out";
}

/** How sure it is that the next one is there; empty where nothing is known of it. */
export function sureText(item: AvailabilityItem | undefined): string {
  if (item === undefined || item.confidence === null || item.available === 0) return "";
  return `${Math.floor(item.confidence * 100)} % sure`;
}

/** Time to the end as m:ss; never below 0:00. */
export function countdown(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

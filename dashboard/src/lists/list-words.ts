import type { TFunction } from "i18next";
import type { ListName } from "../../../domain/api/lists.ts";

type ListWords = { title: string; meaning: string; todo: string; empty: string };

/** What each list is, and what to do about it, for people; docs/lists.md says it in full. */
const WORDS: Record<ListName, (t: TFunction) => ListWords> = {
  ghosts: (t) => ({
    title: t("Ghosts"),
    meaning: t("Tags of known products that were read, but not often or near enough to count as stock."),
    todo: t("Look for the unit where it was read. If it is there, read it once more by hand."),
    empty: t("Every tag of a known product that was read is an item."),
  }),
  misplaced: (t) => ({
    title: t("Misplaced"),
    meaning: t("Items that stay where goods do not stay, or away from the rest of their product."),
    todo: t("Bring them back to where they are sold."),
    empty: t("Every item is where it belongs."),
  }),
  "backroom-only": (t) => ({
    title: t("Back room only"),
    meaning: t("Products with units in the back room or at the dock, and none on the floor."),
    todo: t("Bring some to the floor: no shopper can find them."),
    empty: t("Every product with stock is on the floor."),
  }),
  "sold-but-seen": (t) => ({
    title: t("Sold but seen"),
    meaning: t("Items that were sold and are still read in the store."),
    todo: t("Find the unit: the wrong one was scanned, or a return was never entered."),
    empty: t("No sold item is read in a store."),
  }),
  "unknown-tags": (t) => ({
    title: t("Unknown tags"),
    meaning: t(
      "Tags that name no product of the product list. Their reads wait and count when the cause is mended.",
    ),
    todo: t("Import the product, map the tags to one, or encode them."),
    empty: t("Every tag that was read names a known product."),
  }),
  losses: (t) => ({
    title: t("Losses"),
    meaning: t("Items that left through an exit without a sale."),
    todo: t("Look at the time and the exit; a sale that comes late settles it by itself."),
    empty: t("Nothing left without a sale."),
  }),
};

/** The words of a list in the language of the page. */
export const listWords = (list: ListName, t: TFunction): ListWords => WORDS[list](t);

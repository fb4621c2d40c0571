import type { ListName } from "../../../domain/api/lists.ts";

type ListWords = { title: string; meaning: string; todo: string; empty: string };

/** What each list is, and what to do about it, for people; docs/lists.md says it in full. */
export const LIST_WORDS: Record<ListName, ListWords> = {
  ghosts: {
    title: "Ghosts",
    meaning: "Tags of known products that were read, but not often or near enough to count as stock.",
    todo: "Look for the unit where it was read. If it is there, read it once more by hand.",
    empty: "Every tag of a known product that was read is an item.",
  },
  misplaced: {
    title: "Misplaced",
    meaning: "Items that stay where goods do not stay, or away from the rest of their product.",
    todo: "Bring them back to where they are sold.",
    empty: "Every item is where it belongs.",
  },
  "backroom-only": {
    title: "Back room only",
    meaning: "Products with units in the back room or at the dock, and none on the floor.",
    todo: "Bring some to the floor: no shopper can find them.",
    empty: "Every product with stock is on the floor.",
  },
  "sold-but-seen": {
    title: "Sold but seen",
    meaning: "Items that were sold and are still read in the store.",
    todo: "Find the unit: the wrong one was scanned, or a return was never entered.",
    empty: "No sold item is read in a store.",
  },
  "unknown-tags": {
    title: "Unknown tags",
    meaning:
      "Tags that name no product of the product list. Their reads wait and count when the cause is mended.",
    todo: "Import the product, map the tags to one, or encode them.",
    empty: "Every tag that was read names a known product.",
  },
  losses: {
    title: "Losses",
    meaning: "Items that left through an exit without a sale.",
    todo: "Look at the time and the exit; a sale that comes late settles it by itself.",
    empty: "Nothing left without a sale.",
  },
};

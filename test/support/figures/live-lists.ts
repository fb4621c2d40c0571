import { LIVE_CUSTOMERS } from "./live-customers.ts";
import { LIVE_OPERATIONS } from "./live-operations.ts";
import { LIVE_PROMISES } from "./live-promises.ts";
import { LIVE_STOCK } from "./live-stock.ts";
import type { LiveTable } from "./live-table.ts";
import { LIVE_TAG_LISTS } from "./live-tag-lists.ts";
import { LIVE_TAGS } from "./live-tags.ts";

/** What each list on live pages shows of the API's answers. */
export const LIVE_LISTS: readonly LiveTable[] = [
  ...LIVE_STOCK,
  ...LIVE_PROMISES,
  ...LIVE_CUSTOMERS,
  ...LIVE_TAGS,
  ...LIVE_TAG_LISTS,
  ...LIVE_OPERATIONS,
];

/** Lists of how the system is set up, of feeds and webhooks, and of who a customer is: not compared. */
export const NOT_COMPARED: ReadonlySet<string> = new Set([
  "Webhooks",
  "Feeds",
  "Rehearsals",
  "Rules",
  "Location groups",
  "Changes of rules",
  "Changes of settings",
  "Read points",
  "Tag mappings",
  "Notes on charts",
  "Known by",
  "Consent",
  "Merges",
]);

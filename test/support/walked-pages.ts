/** Pages whose figures are those of reports on a past. */
export const REPORT_PAGES = ["/omnichannel", "/accuracy", "/analyst/reports", "/analyst/sql"] as const;

/** Pages of what is now, and of how the system is set up. */
export const LIVE_PAGES = [
  "/",
  "/stock",
  "/heat-map",
  "/map",
  "/holds",
  "/lists",
  "/items",
  "/counts",
  "/orders",
  "/returns",
  "/customers",
  "/tasks",
  "/pipeline",
  "/readers",
  "/dead-letters",
  "/webhooks",
  "/feeds",
  "/ledger-check",
  "/rules",
  "/settings",
] as const;

/** What is looked for on each of them, as the end of a test's name. */
export const NOTHING_WRONG =
  "has its heading, fits its window in all looks, is accessible, and nothing is thrown or refused";

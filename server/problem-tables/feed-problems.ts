import type { ProblemEntry } from "./problem-entry.ts";

/** Of feeds, their audits, and the books of other systems. */
export const FEED_PROBLEMS = {
  feed_run_not_found: {
    status: 404,
    title: "There is no such run of a feed",
    remedy:
      "List them with GET /v1/feeds/runs. A delta needs one that was sent to its end. Nothing was sent.",
  },
  feed_never_sent: {
    status: 409,
    title: "Nothing was told of the store yet",
    remedy:
      "Fetch GET /v1/feeds/google-local-inventory.tsv first, with the store in GET /v1/feeds/settings: an audit checks what was told.",
  },
  feed_audit_not_found: {
    status: 404,
    title: "There is no such rehearsal of the audit",
    remedy: "List them with GET /v1/feeds/audits.",
  },
  not_in_feed_audit: {
    status: 400,
    title: "A product is not on the audit's list",
    remedy: "Send only products of the list, without those in `gtins`. Nothing was noted.",
  },
} as const satisfies Record<string, ProblemEntry>;

import type { ProblemEntry } from "./problem-entry.ts";

/** Of backups of a running system. */
export const BACKUP_PROBLEMS = {
  snapshot_not_found: {
    status: 404,
    title: "The tables are not frozen any more",
    remedy:
      "What is frozen for a backup is let go when nobody asks for it for a minute. Take the backup again: `onhand backup DIR`.",
  },
  backup_running: {
    status: 409,
    title: "Another backup is being made",
    remedy: "Wait until it has ended; one that was broken off is let go after a minute. Nothing was changed.",
  },
  backup_refused: {
    status: 503,
    title: "There was no instant without a write",
    remedy:
      "Look for a long import or erasure in the log. Nothing was changed, and nothing was refused meanwhile.",
  },
} as const satisfies Record<string, ProblemEntry>;

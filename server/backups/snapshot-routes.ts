import { z } from "zod";
import { frozenSnapshotSchema } from "../../domain/api/backups.ts";
import { BackupError } from "../../sql/backup/backup-manifest.ts";
import { defineRoute, type Route } from "../http/route.ts";
import { HttpProblem } from "../problems.ts";
import type { Snapshots } from "./snapshots.ts";

const TAG = "Operations";
const paramsSchema = z.object({ snapshotId: z.uuid() });

/** What `onhand backup` asks a running system for. Nothing can be written anywhere by these calls: the files are copied by the command. */
export function createSnapshotRoutes(deps: { snapshots: Snapshots }): Route[] {
  const { snapshots } = deps;

  function find(snapshotId: string) {
    const snapshot = snapshots.find(snapshotId);
    if (snapshot !== null) return snapshot;
    throw new HttpProblem("snapshot_not_found", `There is no snapshot ${snapshotId}.`);
  }

  return [
    defineRoute({
      method: "POST",
      path: "/v1/admin/snapshots",
      tag: TAG,
      summary: "Freeze all tables in one instant, for a backup: `onhand backup` does it",
      description:
        "What is written waits for a moment. It is kept as long as it is asked for once a minute, and let go with DELETE.",
      roles: ["admin"],
      answer: { status: 201, schema: frozenSnapshotSchema, description: "What was frozen, and where" },
      problems: ["backup_running", "backup_refused"],
      async handle() {
        try {
          const snapshot = await snapshots.take();
          if (snapshot !== null) return { status: 201, body: snapshot };
        } catch (error) {
          if (error instanceof BackupError) throw new HttpProblem("backup_refused", error.message);
          throw error;
        }
        throw new HttpProblem("backup_running", "Tables are frozen for another backup.");
      },
    }),
    defineRoute({
      method: "GET",
      path: "/v1/admin/snapshots/:snapshotId",
      tag: TAG,
      summary: "What was frozen for a backup; asking keeps it for another minute",
      roles: ["admin"],
      params: paramsSchema,
      answer: {
        schema: frozenSnapshotSchema,
        description: "With the totals of the ledger, when they are known",
      },
      problems: ["snapshot_not_found"],
      handle: ({ params }) => ({ body: find(params.snapshotId) }),
    }),
    defineRoute({
      method: "DELETE",
      path: "/v1/admin/snapshots/:snapshotId",
      tag: TAG,
      summary: "Let go of what was frozen for a backup",
      roles: ["admin"],
      params: paramsSchema,
      answer: { status: 204, description: "It is gone" },
      problems: ["snapshot_not_found"],
      async handle({ params }) {
        find(params.snapshotId);
        await snapshots.release();
        return { status: 204 };
      },
    }),
  ];
}

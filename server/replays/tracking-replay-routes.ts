import { z } from "zod";
import { replayOptionsSchema, trackingReplaySchema } from "../../domain/api/tracking-replays.ts";
import { defineRoute, type Route } from "../http/route.ts";
import { HttpProblem } from "../problems.ts";
import type { TrackingReplays } from "./tracking-replays.ts";

const TAG = "Settings";
const paramsSchema = z.object({ replayId: z.uuid() });

/** Runs stored raw reads through changed settings, beside the ledger: `onhand replay` on a running system. */
export function createTrackingReplayRoutes(deps: { replays: TrackingReplays }): Route[] {
  const { replays } = deps;

  function find(replayId: string) {
    const replay = replays.find(replayId);
    if (replay !== null) return replay;
    throw new HttpProblem("tracking_replay_not_found", `There is no replay ${replayId}.`);
  }

  return [
    defineRoute({
      method: "POST",
      path: "/v1/admin/replays",
      tag: TAG,
      summary: "Run stored reads and events through changed settings, and see what would differ",
      description:
        "The ledger is not touched. It goes on in the background, one at a time: ask for it by its id.",
      roles: ["admin"],
      body: replayOptionsSchema,
      answer: { status: 202, schema: trackingReplaySchema, description: "The replay that was begun" },
      problems: ["tracking_replay_running", "tracking_replay_range"],
      handle({ body }) {
        if (!(Date.parse(body.from) < Date.parse(body.to))) {
          throw new HttpProblem("tracking_replay_range", `${body.to} is not after ${body.from}.`);
        }
        const running = replays.running();
        if (running !== null) {
          throw new HttpProblem("tracking_replay_running", `Replay ${running.replayId} runs.`, {
            replayId: running.replayId,
          });
        }
        return { status: 202, body: replays.start(body) };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/v1/admin/replays/:replayId",
      tag: TAG,
      summary: "How far a replay is, and at its end what it found",
      roles: ["admin"],
      params: paramsSchema,
      answer: { schema: trackingReplaySchema, description: "The replay" },
      problems: ["tracking_replay_not_found"],
      handle: ({ params }) => ({ body: find(params.replayId) }),
    }),
    defineRoute({
      method: "DELETE",
      path: "/v1/admin/replays/:replayId",
      tag: TAG,
      summary: "End a replay",
      roles: ["admin"],
      params: paramsSchema,
      answer: { schema: trackingReplaySchema, description: "The replay" },
      problems: ["tracking_replay_not_found"],
      handle({ params }) {
        const replay = find(params.replayId);
        replays.cancel(replay);
        return { body: replay };
      },
    }),
  ];
}

import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TrackingReplay } from "../../domain/api/tracking-replays.ts";
import { runReplay } from "../../ingest/replay/run-replay.ts";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";
import { untilAsync } from "../../test/support/until.ts";
import { createTrackingReplayRoutes } from "./tracking-replay-routes.ts";
import { createTrackingReplays } from "./tracking-replays.ts";

const hour = { from: "2026-03-01T11:00:00Z", to: "2026-03-01T12:00:00Z" };

describe("replays on a running system", () => {
  let db: Database;
  let app: TestServer;
  let hold: Promise<void> = Promise.resolve();

  beforeAll(async () => {
    db = await openTestDatabase();
    const replays = createTrackingReplays({
      logger: pino({ level: "silent" }),
      async run(options, hooks) {
        await hold;
        await hooks.breathe();
        return await runReplay({ db, nowMs: Date.now, ...hooks }, options);
      },
    });
    app = await startTestServer({ db, deps: { extraRoutes: createTrackingReplayRoutes({ replays }) } });
  });
  afterAll(async () => {
    await app?.stop();
    await db?.close();
  });

  const begin = (body: unknown, status = 202) =>
    app.ask<TrackingReplay>("POST", "/v1/admin/replays", status, { as: "admin", body });
  const get = (replayId: string, method = "GET") =>
    app.ask<TrackingReplay>(method, `/v1/admin/replays/${replayId}`, 200, { as: "admin" });
  const ended = async (replayId: string) => {
    await untilAsync("it ended", async () => (await get(replayId)).status !== "running");
    return await get(replayId);
  };

  it("goes on in the background, and ends with a report", async () => {
    const { replayId, status } = await begin(hour);
    expect(status).toBe("running");
    const done = await ended(replayId);
    expect(done).toMatchObject({ status: "done", failure: null, progress: { share: 1 } });
    expect(done.report).toMatchObject({
      startedAt: null,
      taken: { reads: 0, events: 0 },
      ledger: { isExact: true },
      items: { differing: 0 },
    });
  });

  it("is one at a time, and can be ended", async () => {
    let letGo = () => {};
    hold = new Promise((resolve) => {
      letGo = resolve;
    });
    const { replayId } = await begin(hour);
    expect(await begin(hour, 409)).toMatchObject({ code: "tracking_replay_running", replayId });
    expect((await get(replayId, "DELETE")).status).toBe("cancelled");
    letGo();
    const next = await begin(hour);
    expect((await ended(next.replayId)).status).toBe("done");
    expect((await get(replayId)).report).toBeNull();
  });

  it("that cannot be is refused", async () => {
    expect(await begin({ from: hour.to, to: hour.from }, 400)).toMatchObject({
      code: "tracking_replay_range",
    });
    expect(await begin({ ...hour, set: { minReads: 0 } }, 400)).toMatchObject({ code: "invalid_request" });
    const unknown = "/v1/admin/replays/00000000-0000-4000-8000-000000000000";
    await app.ask("GET", unknown, 404, { as: "admin" });
    await app.ask("POST", "/v1/admin/replays", 403, { as: "merchandiser", body: hour });
  });
});

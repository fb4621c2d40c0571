import { describe, expect, it } from "vitest";
import type { ReaderHealth } from "../domain/reader.ts";
import { understandReader } from "./adapters/understand-reader.ts";
import { ReaderActivity } from "./reader-activity.ts";

const START_MS = Date.UTC(2026, 0, 15, 9);
const TICK_MS = 2_000;

/** An activity whose clock the test moves, fed with messages as a reader sends them. */
function watch() {
  const clock = { nowMs: START_MS };
  const kinds: string[] = [];
  let lost = 0;
  let last: ReaderHealth | null = null;
  const activity = new ReaderActivity(() => clock.nowMs, {
    onNotice: (kind) => kinds.push(kind),
    onLost(count) {
      lost += count;
    },
  });
  return {
    activity,
    kinds,
    lost: () => lost,
    say(message: unknown) {
      const text = typeof message === "string" ? message : JSON.stringify(message);
      const understood = understandReader(text, clock.nowMs);
      if (understood.kind === "rejected" || understood.kind === "till" || understood.kind === "stock")
        throw new Error(`not a reader's: ${text}`);
      const signs = understood.kind === "reads" ? understood.signs : [understood];
      const isAlive = understood.kind !== "readerOffline";
      const state = activity.heard("s", "r", "zebra", true, isAlive);
      if (state === null) throw new Error("not tracked");
      for (const run of understood.eventRuns) activity.noteNumbers(state, run, clock.nowMs);
      for (const sign of signs) activity.noteSign(state, sign, clock.nowMs);
    },
    wait(seconds: number) {
      clock.nowMs += seconds * 1000;
    },
    at: () => new Date(clock.nowMs).toISOString(),
    health(): ReaderHealth {
      for (const each of activity.tick(TICK_MS).get("s") ?? []) if (each.readerId === "r") last = each;
      if (last === null) throw new Error("no health was told");
      return last;
    },
  };
}

const zebra = (eventNum: number) => ({
  type: "INVENTORY",
  timestamp: "2026-01-15T09:00:00.000+0000",
  data: { eventNum, idHex: "30164433400d1ec0000003e9" },
});
const heartbeat = (more: object = {}, antennas: object = { 1: "connected", 2: "disconnected" }) => ({
  component: "RC",
  type: "heartbeat",
  data: {
    radio_control: { antennas, ...more },
    reader_gateway: { ...more },
    system: { temperature: { ambient: 41 } },
  },
});

describe("a reader's health", () => {
  it("is online while it sends, silent after a minute, offline after ten", () => {
    const reader = watch();
    reader.say(zebra(1));
    expect(reader.health()).toMatchObject({ status: "online" });
    reader.wait(61);
    expect(reader.health()).toMatchObject({ status: "silent" });
    reader.wait(540);
    expect(reader.health()).toMatchObject({ status: "offline" });
  });

  it("goes by the reader's own heartbeats where it sends them", () => {
    const reader = watch();
    reader.say(heartbeat());
    reader.wait(300);
    reader.say(heartbeat());
    expect(reader.health()).toMatchObject({
      status: "online",
      heartbeat: { everySeconds: 300, temperatureCelsius: 41 },
    });
    reader.wait(700);
    expect(reader.health()).toMatchObject({ status: "online" });
    reader.wait(100);
    expect(reader.health()).toMatchObject({ status: "silent" });
    reader.wait(800);
    expect(reader.health()).toMatchObject({ status: "offline" });
  });

  it("is offline from its last will on, and online with the next message; each is told once", () => {
    const reader = watch();
    reader.say(zebra(1));
    reader.say("connection lost");
    reader.say("connection lost");
    expect(reader.health()).toMatchObject({ status: "offline" });
    reader.say(zebra(2));
    expect(reader.health()).toMatchObject({
      status: "online",
      notices: [{ kind: "online" }, { kind: "offline" }],
    });
    expect(reader.kinds).toEqual(["offline", "online"]);
  });

  it("counts numbers that never came as lost messages, when they had time to come", () => {
    const reader = watch();
    for (const number of [10, 11, 15]) reader.say(zebra(number));
    expect(reader.health()).toMatchObject({ lostMessages: 0 });
    reader.say(zebra(13));
    reader.wait(31);
    expect(reader.health()).toMatchObject({
      lostMessages: 2,
      notices: [{ kind: "lost_messages", count: 1 + 1, at: reader.at() }],
    });
    expect(reader.lost()).toBe(2);
  });

  it("shows what the reader says that it lost: overflow, and messages thrown away", () => {
    const reader = watch();
    reader.say({ eventType: "overflow", overflowEvent: { eventsPurged: 1200 } });
    reader.say({ eventType: "overflow", overflowEvent: {} });
    reader.say(heartbeat({ numDataMessagesDropped: 5 }));
    reader.say(heartbeat({ numDataMessagesDropped: 9 }));
    const { lostMessages, notices } = reader.health();
    expect(lostMessages).toBe(1204);
    expect(notices).toMatchObject([
      { kind: "dropped_messages", count: 4 },
      { kind: "overflow", count: 0 },
      { kind: "overflow", count: 1200 },
    ]);
    expect(reader.lost()).toBe(1204);
  });

  it("knows the antennas, and tells when one changes", () => {
    const reader = watch();
    reader.say(heartbeat());
    expect(reader.health()).toMatchObject({ antennasConnected: [1], antennasDisconnected: [2], notices: [] });
    reader.say(heartbeat({}, { 1: "disconnected", 2: "disconnected" }));
    reader.say({ eventType: "antennaConnected", antennaConnectedEvent: { antennaPort: 2 } });
    expect(reader.health()).toMatchObject({
      antennasConnected: [2],
      antennasDisconnected: [1],
      notices: [
        { kind: "antenna_connected", detail: "antenna 2" },
        { kind: "antenna_disconnected", detail: "antenna 1" },
      ],
    });
  });

  it("shows errors and warnings, the newest five, the same one once with its count", () => {
    const reader = watch();
    for (let index = 0; index < 3; index += 1)
      reader.say({ component: "RC", type: "error", data: "radio lost" });
    expect(reader.health().notices).toMatchObject([{ kind: "error", detail: "radio lost", count: 3 }]);
    for (let index = 0; index < 9; index += 1)
      reader.say({ component: "RC", type: "warning", data: `hot ${index}` });
    const { notices } = reader.health();
    expect(notices.map(({ detail }) => detail)).toEqual(["hot 8", "hot 7", "hot 6", "hot 5", "hot 4"]);
  });

  it("tells the clock's skew once it is measured, and when it is corrected", () => {
    const reader = watch();
    reader.say(zebra(1));
    expect(reader.health().skewMs).toBeNull();
    const ahead = () => ({
      component: "RC",
      type: "gpi",
      timestamp: new Date(Date.parse(reader.at()) + 600_000).toISOString(),
      data: {},
    });
    for (let index = 0; index < 3; index += 1) reader.say(ahead());
    expect(reader.health()).toMatchObject({
      skewMs: 600_000,
      notices: [
        { kind: "clock_corrected", detail: "its clock is 600 s ahead; its reads are corrected by that" },
      ],
    });
    expect(reader.activity.summary()).toMatchObject({ corrected: 1, byStatus: { online: 1 } });
  });

  it("goes on with the clock that an earlier run measured, also for messages that are replayed aside", () => {
    const { activity } = watch();
    activity.restoreClock("s", "r", -600_000);
    const state = activity.aside().heard("s", "r", "zebra", true);
    expect(state?.clock.correctionMs).toBe(-600_000);
    expect(activity.heard("s", "r", "zebra", true)?.clock.skewMs).toBe(600_000);
  });
});

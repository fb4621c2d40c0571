import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ApiProblem } from "../../../client/api-problem.ts";
import { judgeFailure, MOST_FAILURES } from "./judge-failure.ts";
import { type Outbox, createOutbox, type SenderRights } from "./outbox.ts";
import type { Action, OutboxEntry } from "./outbox-entry.ts";

/** What becomes of one attempt. A page that is closed in the middle never learns of its answer. */
const FATES = [
  "arrives",
  "is_lost",
  "answer_is_lost",
  "is_not_now",
  "is_refused",
  "breaks",
  "session_ended",
  "page_closes_before",
  "page_closes_after",
] as const;
type Fate = (typeof FATES)[number];

const problem = (status: number, code: string) =>
  new ApiProblem({ type: "", title: code, status, detail: "", code, members: {} });

function actionOf(number: number, locationId = "S01"): Action {
  return {
    key: `key-${number}`,
    pressedAtMs: number,
    locationId,
    words: `action ${number}`,
    target: { by: "id", taskId: `task-${number % 3}` },
    command: "progress",
    body: {},
  };
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A browser with what it keeps, its one lock, its pages, and a server that knows keys. */
function createWorld() {
  const kept = new Map<number, OutboxEntry>();
  const seen = { applied: [] as string[], refused: new Set<string>(), paths: new Map<string, string>() };
  const answers = new Map<string, ApiProblem | null>();
  const fates: Fate[] = [];
  const lock: { holder: object | null; queue: { page: object; run: () => void }[] } = {
    holder: null,
    queue: [],
  };
  const session: { rights: SenderRights } = { rights: { locationId: "S01" } };
  let lastSeq = 0;

  function release(page: object): void {
    lock.queue = lock.queue.filter((waiting) => waiting.page !== page);
    if (lock.holder !== page) return;
    lock.holder = null;
    const next = lock.queue.shift();
    if (next === undefined) return;
    lock.holder = next.page;
    next.run();
  }

  /** Whether it was ever decided otherwise with the same key is the server's own test; here the same key gets the same answer. */
  function serve(entry: OutboxEntry, taskId: string, isRefused: boolean): void {
    const known = answers.get(entry.key);
    if (known === undefined) {
      answers.set(entry.key, isRefused ? problem(409, "task_state") : null);
      seen.paths.set(entry.key, taskId);
      if (isRefused) seen.refused.add(entry.key);
      else seen.applied.push(entry.key);
    } else {
      // A repeat that differs from the first request would be refused as such.
      expect(taskId).toBe(seen.paths.get(entry.key));
    }
    const answer = answers.get(entry.key) ?? null;
    if (answer !== null) throw answer;
  }

  function openPage() {
    const page = {};
    let isClosed = false;
    const timers = new Set<() => void>();
    /** What a closed page asks for never comes. */
    const living = async <Value>(work: () => Value): Promise<Value> => {
      if (isClosed) return await new Promise<Value>(() => undefined);
      return work();
    };
    const close = () => {
      isClosed = true;
      outbox.stop();
      timers.clear();
      release(page);
    };
    const outbox: Outbox = createOutbox({
      storage: {
        entries: () => living(() => [...kept.values()].sort((one, other) => one.seq - other.seq)),
        append: (action) =>
          living(() => {
            lastSeq += 1;
            kept.set(lastSeq, { ...action, seq: lastSeq, sentTo: null, failures: 0, refusal: null });
          }),
        put: (entry) => living(() => void kept.set(entry.seq, entry)),
        remove: (seq) => living(() => void kept.delete(seq)),
      },
      resolve: async ({ target }) => (target.by === "id" ? target.taskId : null),
      send: (entry, taskId) =>
        living(async () => {
          const fate = fates.shift() ?? "arrives";
          if (fate === "is_lost") throw problem(0, "unreachable");
          if (fate === "is_not_now") throw problem(503, "not_the_writer");
          if (fate === "breaks") throw problem(500, "internal_error");
          if (fate === "session_ended") {
            session.rights = null;
            throw problem(401, "unauthenticated");
          }
          if (fate !== "page_closes_before") serve(entry, taskId, fate === "is_refused");
          if (fate === "answer_is_lost") throw problem(0, "unreachable");
          if (fate === "page_closes_before" || fate === "page_closes_after") {
            close();
            await new Promise(() => undefined);
          }
        }),
      onFailure: async () => undefined,
      onChanged: async () => undefined,
      rights: () => session.rights,
      alone: (work) =>
        new Promise<void>((resolve, reject) => {
          const run = () => {
            work().then(resolve, reject);
          };
          const entry = { page, run };
          if (lock.holder === null) {
            lock.holder = page;
            run();
          } else lock.queue.push(entry);
        }).finally(() => release(page)),
      after: (_ms, work) => {
        timers.add(work);
        return () => void timers.delete(work);
      },
      random: () => 0,
    });
    outbox.start();
    return {
      outbox,
      isClosed: () => isClosed,
      close,
      fireTimers(): boolean {
        const due = [...timers];
        timers.clear();
        for (const work of due) work();
        return due.length > 0;
      },
    };
  }

  return { kept, seen, fates, session, openPage };
}

const stepArbitrary = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("press" as const), tab: fc.nat(1) }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("fate" as const), fate: fc.constantFrom(...FATES) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("wait" as const), tab: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("reopen" as const), tab: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.constant({ kind: "sign_in" as const }) },
);

describe("the outbox", () => {
  test("over random losses, repeats, closed pages and two tabs each action arrives once, in the order of their doing", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(stepArbitrary, { maxLength: 40 }), async (steps) => {
        const world = createWorld();
        const tabs = [world.openPage(), world.openPage()];
        const at = (tab: number) => {
          const found = tabs[tab];
          if (found !== undefined && !found.isClosed()) return found;
          const opened = world.openPage();
          tabs[tab] = opened;
          return opened;
        };
        const pressed: string[] = [];
        for (const step of steps) {
          if (step.kind === "press") {
            const action = actionOf(pressed.length);
            pressed.push(action.key);
            await at(step.tab).outbox.add(action);
          }
          if (step.kind === "fate") world.fates.push(step.fate);
          if (step.kind === "wait") at(step.tab).fireTimers();
          if (step.kind === "reopen") at(step.tab).close();
          if (step.kind === "sign_in") world.session.rights = { locationId: "S01" };
          await settled();
        }
        // The network is back for good.
        world.fates.length = 0;
        world.session.rights = { locationId: "S01" };
        for (let round = 0; round < 3; round += 1) {
          for (const tab of [0, 1]) {
            at(tab).outbox.wake();
            at(tab).fireTimers();
            await settled();
          }
        }
        const { applied, refused } = world.seen;
        const left = [...world.kept.values()];
        // Nothing is done twice, nothing overtakes, and what is not done is either told to somebody or was set aside as broken.
        expect(applied).toEqual([...new Set(applied)]);
        const setAside = new Set(
          left.filter(({ refusal }) => refusal?.code === "internal_error").map(({ key }) => key),
        );
        expect(applied).toEqual(pressed.filter((key) => !refused.has(key) && !setAside.has(key)));
        expect(left.map(({ key }) => key)).toEqual(
          pressed.filter((key) => refused.has(key) || setAside.has(key)),
        );
        expect(left.every(({ refusal }) => refusal !== null)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test("an action that the server fails at is set aside after some attempts, and is sent again when somebody says so", async () => {
    const world = createWorld();
    const page = world.openPage();
    for (let time = 0; time < MOST_FAILURES; time += 1) world.fates.push("breaks");
    await page.outbox.add(actionOf(0));
    await page.outbox.add(actionOf(1));
    await settled();
    while (page.fireTimers()) await settled();
    expect(world.seen.applied).toEqual(["key-1"]);
    expect([...world.kept.values()]).toMatchObject([{ key: "key-0", refusal: { code: "internal_error" } }]);
    await page.outbox.sendAgain(1);
    await settled();
    expect(world.seen.applied).toEqual(["key-1", "key-0"]);
    expect(world.kept.size).toBe(0);
  });

  test("what was refused stays until somebody has read it, and is then forgotten", async () => {
    const world = createWorld();
    const page = world.openPage();
    world.fates.push("is_refused");
    await page.outbox.add(actionOf(0));
    await settled();
    expect([...world.kept.values()]).toMatchObject([{ refusal: { status: 409, code: "task_state" } }]);
    await page.outbox.acknowledge(1);
    expect(world.kept.size).toBe(0);
  });

  test("work of one store is never sent by who is signed in for another", async () => {
    const world = createWorld();
    const page = world.openPage();
    world.session.rights = { locationId: "S02" };
    await page.outbox.add(actionOf(0, "S01"));
    await page.outbox.add(actionOf(1, "S02"));
    await settled();
    expect(world.seen.applied).toEqual(["key-1"]);
    world.session.rights = { locationId: "S01" };
    page.outbox.wake();
    await settled();
    expect(world.seen.applied).toEqual(["key-1", "key-0"]);
  });
});

test("an answer that can't be read is an answer: the action is not sent again", () => {
  expect(judgeFailure(problem(0, "unreadable_answer"))).toEqual({ kind: "taken" });
  expect(judgeFailure(problem(504, "outcome_unknown"))).toMatchObject({ kind: "later" });
  expect(judgeFailure(problem(429, "rate_limited"))).toMatchObject({ kind: "later", isOffline: false });
  expect(judgeFailure(problem(422, "idempotency_key_reused"))).toMatchObject({ kind: "refused" });
});

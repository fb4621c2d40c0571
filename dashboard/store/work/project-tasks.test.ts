import { expect, test } from "vitest";
import type { Actor } from "../../../domain/orders/order-step.ts";
import { type TaskAnswer, taskAnswerSchema } from "../../../domain/tasks/task.ts";
import type { OutboxEntry } from "../outbox/outbox-entry.ts";
import { knownTask } from "./known-task.ts";
import { projectTasks } from "./project-tasks.ts";
import { taskSections } from "./task-sections.ts";

const ME: Actor = { kind: "staff", id: "ada" };
const AT = "2026-03-02T10:00:00.000Z";
const SCARF = "80614141123458";

function taskOf(patch: Partial<TaskAnswer> = {}): TaskAnswer {
  const line = {
    lineId: "1",
    gtin: SCARF,
    productName: "Wool scarf",
    quantity: 2,
    done: 0,
    short: 0,
    cancelled: 0,
  };
  return taskAnswerSchema.parse({
    taskId: "t1",
    kind: "pick",
    state: "open",
    locationId: "S01",
    cause: "o1/f1/pick/1",
    orderId: "o1",
    fulfilmentId: "f1",
    method: "pickup",
    channel: "web",
    createdAt: AT,
    startsAt: AT,
    dueAt: null,
    changedAt: AT,
    acceptedAt: null,
    endedAt: null,
    owner: null,
    reminders: 0,
    remindedAt: null,
    escalation: 0,
    escalatedAt: null,
    arrival: null,
    place: null,
    lines: [{ ...line, epcs: [], doneEpcs: [], lastSeen: [] }],
    seenBy: [],
    notes: [],
    stockWrites: [],
    endCause: null,
    version: 1,
    ageSeconds: 0,
    isOverdue: false,
    waitingSeconds: null,
    needsPerson: false,
    vehicle: null,
    ...patch,
  });
}

let seq = 0;
function entryOf(
  command: OutboxEntry["command"],
  body: Record<string, unknown>,
  patch: Partial<OutboxEntry> = {},
) {
  seq += 1;
  return {
    key: `k${seq}`,
    seq,
    pressedAtMs: Date.parse(AT) + seq * 1000,
    locationId: "S01",
    words: command,
    target: { by: "id", taskId: "t1" },
    command,
    body: { ...body, actor: ME },
    sentTo: null,
    failures: 0,
    refusal: null,
    ...patch,
  } satisfies OutboxEntry;
}

const stage = { by: "fulfilment", orderId: "o1", fulfilmentId: "f1", kind: "stage" } as const;

test("what was done here is seen at once, and the next step of its order is there before the server makes it", () => {
  const entries = [
    entryOf("accept", {}),
    entryOf("progress", { lines: [{ gtin: SCARF, quantity: 1 }] }),
    entryOf("short", { lines: [{ lineId: "1", quantity: 1 }], reason: "not_found" }),
    entryOf("done", { place: "B3" }, { target: stage }),
  ];
  const [pick, laid] = projectTasks([knownTask(taskOf(), 0)], entries, ME);
  expect(pick).toMatchObject({
    waiting: 3,
    task: { state: "done", owner: ME, lines: [{ done: 1, short: 1 }] },
  });
  expect(laid).toMatchObject({
    isForeseen: true,
    waiting: 1,
    task: { kind: "stage", state: "done", place: "B3", lines: [{ quantity: 1, done: 1 }] },
  });
});

test("an answer that was read already is not counted a second time", () => {
  const progress = entryOf("progress", { lines: [{ gtin: SCARF, quantity: 1 }] });
  const { lines } = taskOf();
  const answered = taskOf({
    state: "accepted",
    owner: ME,
    lines: lines.map((line) => Object.assign(line, { done: 1 })),
  });
  const [pick] = projectTasks([knownTask(answered, 0, progress.key)], [progress], ME);
  expect(pick?.task.lines[0]?.done).toBe(1);
});

test("what was refused changes nothing and stays to be read", () => {
  const refusal = { status: 409, code: "task_state", title: "", detail: "" };
  const others = taskOf({ state: "accepted", owner: { kind: "staff", id: "bob" } });
  const [pick] = projectTasks([knownTask(others, 0)], [entryOf("accept", {}, { refusal })], ME);
  expect(pick).toMatchObject({ waiting: 0, refused: [{ refusal }], task: { owner: { id: "bob" } } });
});

test("the task that the server has made takes the place of the one that was foreseen", () => {
  const real = taskOf({ taskId: "t2", kind: "stage", cause: "o1/f1/stage/1" });
  const entries = [entryOf("done", { place: "B3" }, { target: stage })];
  const board = projectTasks([knownTask(taskOf({ state: "done" }), 0, "k"), knownTask(real, 0)], entries, ME);
  expect(board.map(({ task, isForeseen }) => [task.taskId, task.state, isForeseen])).toEqual([
    ["t1", "done", false],
    ["t2", "done", false],
    // What comes after it is foreseen again.
    ["next~o1~f1~hand_over", "open", true],
  ]);
});

test("customers outside come first, then what is mine; in each part the most urgent first", () => {
  const arrival = (minutes: number) => ({ at: `2026-03-02T10:${minutes}:00.000Z`, bay: "2" });
  const tasks = [
    taskOf({ taskId: "calm" }),
    taskOf({ taskId: "due", dueAt: "2026-03-02T11:00:00.000Z" }),
    taskOf({ taskId: "escalated", escalation: 1 }),
    taskOf({ taskId: "late", kind: "curbside_arrival", arrival: arrival(20) }),
    taskOf({ taskId: "early", kind: "curbside_arrival", arrival: arrival(10) }),
    taskOf({ taskId: "mine", state: "accepted", owner: ME }),
    taskOf({ taskId: "theirs", state: "accepted", owner: { kind: "staff", id: "bob" } }),
    taskOf({ taskId: "lies", kind: "hand_over" }),
    taskOf({ taskId: "look", state: "cancelled", needsPerson: true }),
    taskOf({ taskId: "over", state: "done" }),
  ];
  const sections = taskSections(
    tasks.map((task) => ({ task, heardAtMs: 0, waiting: 0, refused: [], isForeseen: false })),
    ME,
  );
  const ids = Object.fromEntries(
    Object.entries(sections).map(([name, section]) => [name, section.map(({ task }) => task.taskId)]),
  );
  expect(ids).toEqual({
    waiting: ["early", "late"],
    mine: ["mine"],
    toAccept: ["escalated", "due", "calm"],
    ready: ["lies"],
    others: ["theirs"],
    toSettle: ["look"],
    sending: [],
  });
});

import type { TaskAnswer } from "../../../domain/tasks/task.ts";

/** Shown in the documentation, and held to their schemas by a test. */
export const TASK_EXAMPLE: TaskAnswer = {
  taskId: "t-8fJ0c2RZ5mVq1yD3kXw7hA",
  kind: "pick",
  state: "accepted",
  locationId: "store-1",
  cause: "web-10021/f1/pick/1",
  orderId: "web-10021",
  fulfilmentId: "f1",
  method: "pickup",
  channel: "web",
  createdAt: "2026-06-01T12:00:00.000Z",
  startsAt: "2026-06-01T12:00:00.000Z",
  dueAt: "2026-06-01T14:00:00.000Z",
  changedAt: "2026-06-01T12:04:00.000Z",
  acceptedAt: "2026-06-01T12:02:00.000Z",
  endedAt: null,
  owner: { kind: "staff", id: "0417" },
  reminders: 0,
  remindedAt: null,
  escalation: 0,
  escalatedAt: null,
  arrival: null,
  place: null,
  lines: [
    {
      lineId: "1",
      gtin: "80614141123458",
      productName: "Scarf, blue",
      quantity: 2,
      done: 1,
      short: 0,
      cancelled: 0,
      epcs: [],
      doneEpcs: ["30164433400D1EC0000003E9"],
      lastSeen: [
        {
          zoneId: "floor",
          zoneName: "Sales floor",
          zoneKind: "sales_floor",
          units: 3,
          lastSeenAt: "2026-06-01T11:58:41.000Z",
        },
      ],
    },
  ],
  seenBy: [{ device: "phone-3", at: "2026-06-01T12:00:01.000Z" }],
  notes: [],
  stockWrites: [],
  endCause: null,
  version: 4,
  ageSeconds: 240,
  isOverdue: false,
  waitingSeconds: null,
  needsPerson: false,
  vehicle: null,
};

export const WHO_EXAMPLE = { actor: { kind: "staff", id: "0417" }, device: "phone-3" };
export const WISH_EXAMPLE = {
  kind: "check_ghost",
  locationId: "store-1",
  gtin: "80614141123458",
  quantity: 1,
};
export const PROGRESS_EXAMPLE = { ...WHO_EXAMPLE, lines: [{ epcs: ["30164433400D1EC0000003E9"] }] };
export const DONE_EXAMPLE = { ...WHO_EXAMPLE, place: "Shelf A3", occurredAt: "2026-06-01T12:09:30.000Z" };
export const SHORT_EXAMPLE = {
  ...WHO_EXAMPLE,
  lines: [{ lineId: "1", quantity: 1 }],
  reason: "not_found",
};
export const COMMENT_EXAMPLE = { ...WHO_EXAMPLE, text: "The other one hangs in the window" };

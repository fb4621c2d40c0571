import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  ATTENTION_SOURCES,
  type Attention,
  type AttentionKind,
  attentionSchema,
} from "../../domain/api/attention.ts";
import type { ReaderWithHealth } from "../../domain/api/master-data-answers.ts";
import type { Order } from "../../domain/orders/order.ts";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";
import { ORDER_EXAMPLE } from "../orders/routes/examples.ts";
import { HttpProblem } from "../problems.ts";
import { TASK_EXAMPLE } from "../tasks/routes/task-examples.ts";
import { ofHolds, ofOrders, ofReaders, ofTasks } from "./attention-sources.ts";
import type { Finding } from "./finding.ts";
import { createAttention, MAX_ATTENTION_ITEMS } from "./gather-attention.ts";
import { ofCounts } from "./stored-findings.ts";

const logger = pino({ level: "silent" });
const NOW = Date.parse("2026-06-02T12:00:00.000Z");
const ago = (hours: number) => new Date(NOW - hours * 3_600_000).toISOString();

type Notice = Order["notices"][number];

function orderWith(notice: Partial<Notice>, mustTell = true): Order {
  const full: Notice = {
    noticeId: "n1",
    kind: "short",
    lineId: "1",
    quantity: 3,
    cause: "not_found",
    since: ago(1),
    alternatives: [],
    told: null,
    replacedBy: null,
  };
  return { ...ORDER_EXAMPLE, mustTell, mustTellSince: ago(1), notices: [{ ...full, ...notice }] };
}

const finding = (kind: AttentionKind, locationId: string, amount: string | null): Finding => ({
  kind,
  locationId,
  count: 1,
  units: 1,
  atStake: amount === null ? [] : [{ currency: "EUR", amount }],
  since: ago(1),
  causes: [],
});

describe("what is found", () => {
  test("a disappointment costs what the customer would have paid, to the cent, and names its cause", () => {
    expect(ofOrders([orderWith({}), orderWith({ quantity: 1, cause: "damaged" })], NOW)).toEqual([
      expect.objectContaining({ kind: "customers_untold", locationId: "store-1", count: 2, units: 4 }),
      expect.objectContaining({
        kind: "disappointments",
        atStake: [{ currency: "EUR", amount: "119.60" }],
        causes: [
          { cause: "damaged", count: 1 },
          { cause: "not_found", count: 1 },
        ],
      }),
    ]);
  });

  test("an alternative that was taken is a disappointment without a loss; a day later it is none any more", () => {
    const replaced = orderWith({ replacedBy: "2", told: null }, false);
    expect(ofOrders([replaced], NOW)).toEqual([
      expect.objectContaining({ kind: "disappointments", count: 1, atStake: [] }),
    ]);
    expect(ofOrders([orderWith({ since: ago(25) }, false)], NOW)).toEqual([]);
  });

  test("a hold at risk is worth the units that are missing, not those that it holds", () => {
    const hold = {
      reservationId: "r",
      status: "held",
      isAtRisk: true,
      channel: "web",
      customerId: null,
      orderId: null,
      createdAt: ago(2),
      changedAt: ago(1),
      expiresAt: null,
      holdUntil: null,
      transferredFrom: null,
      transferredTo: null,
      reason: null,
      version: 1,
      lines: [{ gtin: "1", locationId: "S1", requested: 9, quantity: 9, fulfilled: 0, atRisk: 2 }],
    } as const;
    const found = ofHolds([{ ...hold, lines: [...hold.lines] }], () => ({
      price: "10.0005",
      currency: "EUR",
    }));
    expect(found).toMatchObject([{ units: 2, atStake: [{ amount: "20.001" }], since: ago(1) }]);
  });

  test("a task is overdue from the instant when it was due, and not when it is done", () => {
    const due = (dueAt: string | null, state: "open" | "done" = "open") => ({
      ...TASK_EXAMPLE,
      dueAt,
      state,
    });
    expect(ofTasks([due(new Date(NOW + 1).toISOString()), due(null), due(ago(1), "done")], NOW)).toEqual([]);
    expect(ofTasks([due(ago(0)), due(ago(3))], NOW)).toMatchObject([
      { kind: "tasks_overdue", count: 2, since: ago(3), causes: [{ cause: "pick", count: 2 }] },
    ]);
  });

  test("a reader is missed once it was heard; quiet without heartbeats is no silence", () => {
    const reader = (
      status: "silent" | "offline" | "online",
      heartbeat: object | null,
      lastHeardAt = ago(1),
    ) => ({
      locationId: "S1",
      readerId: `${status}-${heartbeat === null ? "quiet" : "beating"}`,
      isAssigned: true,
      health: { status, heartbeat, lastHeardAt },
    });
    const readers = [
      reader("online", null),
      reader("silent", null),
      reader("silent", {}, ago(2)),
      reader("offline", null, ago(3)),
      { ...reader("offline", null), isAssigned: false },
      { ...reader("offline", null), health: null },
    ] as ReaderWithHealth[];
    expect(ofReaders(readers)).toMatchObject([
      { count: 2, since: ago(3), causes: [{ cause: "offline-quiet" }, { cause: "silent-beating" }] },
    ]);
  });

  test("a store drifts when fewer than 95 % of its counted units were right, whatever the net is", () => {
    const row = {
      location_id: "S1",
      currency: "EUR",
      counted_at: ago(30),
      products: 10,
      wrong_products: 4,
      counted_units: 100,
      gross_cost: "60.000000",
    };
    expect(ofCounts([{ ...row, gross_units: 5 }])).toEqual([]);
    expect(ofCounts([{ ...row, gross_units: 6 }])).toMatchObject([
      { kind: "stores_drifting", count: 4, units: 6 },
    ]);
  });
});

describe("gathering", () => {
  const source = (
    name: Attention["sources"][number]["source"],
    find: () => Finding[] | Promise<Finding[]>,
  ) => {
    return { source: name, freshMs: 1_000, find };
  };
  const gather = (sources: Parameters<typeof createAttention>[0]["sources"], clock = { nowMs: NOW }) =>
    createAttention({ sources, logger, nowMs: () => clock.nowMs, patienceMs: 20 });

  test("the urgent comes before the costly, and the costly before the cheap", async () => {
    const attention = gather([
      source("ghosts", () => [finding("ghosts", "S1", "9000.00"), finding("ghosts", "S2", "10.00")]),
      source("tasks", () => [finding("tasks_overdue", "S1", null)]),
      source("holds", () => [
        finding("holds_at_risk", "S1", "99.00"),
        finding("holds_at_risk", "S2", "100.00"),
      ]),
    ]);
    const { items } = await attention({ location: null });
    expect(items.map(({ id }) => id)).toEqual([
      "holds_at_risk/S2",
      "holds_at_risk/S1",
      "tasks_overdue/S1",
      "ghosts/S1",
      "ghosts/S2",
    ]);
    const { items: ofOne } = await attention({ location: "S2" });
    expect(ofOne.map(({ id }) => id)).toEqual(["holds_at_risk/S2", "ghosts/S2"]);
  });

  test("a source that fails says so and keeps what it last found; the others are told all the same", async () => {
    const clock = { nowMs: NOW };
    let isAway = false;
    const attention = gather(
      [
        source("tasks", () => [finding("tasks_overdue", "S1", null)]),
        source("orders", () => {
          if (isAway) throw new HttpProblem("not_the_writer", "Another server grants.");
          return [finding("customers_untold", "S1", "1.00")];
        }),
      ],
      clock,
    );
    await attention({ location: null });
    isAway = true;
    clock.nowMs += 2_000;
    const { items, sources } = await attention({ location: null });
    expect(items.map(({ kind }) => kind)).toEqual(["customers_untold", "tasks_overdue"]);
    expect(sources).toEqual([
      { source: "tasks", asOf: new Date(NOW + 2_000).toISOString(), problem: null },
      { source: "orders", asOf: new Date(NOW).toISOString(), problem: "Another server grants." },
    ]);
  });

  test("who asks waits for no slow source, and many who ask make it be read once", async () => {
    let asked = 0;
    let answer: (found: Finding[]) => void = () => {};
    const attention = gather([
      source("ghosts", () => {
        asked += 1;
        return new Promise<Finding[]>((resolve) => {
          answer = resolve;
        });
      }),
    ]);
    const [first] = await Promise.all([attention({ location: null }), attention({ location: null })]);
    expect(first).toMatchObject({ items: [], sources: [{ asOf: null, problem: null }] });
    expect(asked).toBe(1);
    answer([finding("ghosts", "S1", "1.00")]);
    expect((await attention({ location: null })).items).toHaveLength(1);
    expect(asked).toBe(1);
  });

  test("however much there is, the answer is bounded and says how much is left out", async () => {
    const many = Array.from({ length: MAX_ATTENTION_ITEMS + 7 }, (_, index) =>
      finding("ghosts", `S${index}`, "1.00"),
    );
    const { items, leftOut } = await gather([source("ghosts", () => many)])({ location: null });
    expect([items.length, leftOut]).toEqual([MAX_ATTENTION_ITEMS, 7]);
  });
});

describe("GET /v1/attention", () => {
  let db: Database;
  let at: TestServer;
  beforeAll(async () => {
    db = await openTestDatabase();
    at = await startTestServer({ db });
  });
  afterAll(async () => {
    await at.stop();
    await db.close();
  });

  test("reads every source of a server that runs, and says nothing where nothing is wrong", async () => {
    const answer = attentionSchema.parse(await at.ask("GET", "/v1/attention", 200, { as: "merchandiser" }));
    expect(answer.sources.map(({ source }) => source).toSorted()).toEqual([...ATTENTION_SOURCES].toSorted());
    expect(answer.sources.filter(({ problem }) => problem !== null)).toEqual([]);
    expect(answer.items).toEqual([]);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { type Alert, alertSchema } from "../../domain/alert.ts";
import type { Receipt } from "../../domain/receipt.ts";
import { openDatabase } from "../../sql/client.ts";
import type { Database } from "../../sql/database.ts";
import { type IngestInProcess, startIngestInProcess } from "../support/ingest-in-process.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import { until } from "../support/until.ts";

const GTIN = "04006381333931";
const MINUTE = 60_000;

describe("counts and transfers, through MQTT and restarts", () => {
  const dataDirectory = migratedDirectory("counts");
  const startedAtMs = Date.now() - 90 * MINUTE;
  const at = (minutes: number) => new Date(startedAtMs + minutes * MINUTE).toISOString();
  const receipts = new Map<string, Receipt>();
  const alerts: Alert[] = [];
  let db: Database;
  let running: IngestInProcess;
  let events = 0;
  let store = 0;
  let here = "";
  let there = "";

  beforeAll(async () => {
    db = await openDatabase({ dataDirectory });
    await start();
  });
  afterAll(async () => {
    await running?.stop();
    await db?.close();
  });
  beforeEach(() => {
    store += 1;
    here = `here-${store}`;
    there = `there-${store}`;
  });

  async function start(): Promise<void> {
    running = await startIngestInProcess({ db, settings: { snapshotEveryMs: 3_600_000 } });
    running.device.on("message", (topic, payload) => {
      if (topic.endsWith("/alerts")) {
        alerts.push(alertSchema.parse(JSON.parse(payload.toString())));
        return;
      }
      const receipt: Receipt = JSON.parse(payload.toString());
      receipts.set(receipt.eventId, receipt);
    });
    await running.device.subscribeAsync(["onhand/receipts/+", "onhand/+/alerts"], { qos: 1 });
  }

  async function restart(): Promise<void> {
    await running.stop();
    await start();
  }

  async function tell(topic: string, body: Record<string, unknown>): Promise<string> {
    const eventId = `e${++events}`;
    await running.device.publishAsync(`onhand/${topic}`, JSON.stringify({ eventId, ...body }), { qos: 1 });
    await until(`the receipt of ${eventId}`, () => receipts.has(eventId));
    const receipt = receipts.get(eventId);
    return receipt?.code ?? receipt?.status ?? "";
  }

  const lines = (quantity: number) => [{ gtin: GTIN, quantity }];
  const stock = (minutes: number, body: Record<string, unknown>, locationId = here) =>
    tell(`${locationId}/stock/desk`, { occurredAt: at(minutes), ...body });
  const sale = (minutes: number, quantity: number) =>
    tell(`${here}/pos/t1`, {
      type: "sale",
      terminalId: "t1",
      transactionId: `x${events}`,
      occurredAt: at(minutes),
      lines: [{ lineNo: 1, gtin: GTIN, quantity }],
    });
  const counted = (minutes: number, quantity: number) =>
    stock(minutes, {
      type: "count_reads",
      countId: "c1",
      quantities: [{ gtin: GTIN, quantity, capturedAt: at(minutes) }],
    });
  const onHand = async (locationId = here) => {
    const [row] = await db.query({
      name: "test/on-hand",
      sql: "SELECT toInt64(sum(quantity)) AS quantity FROM positions WHERE location_id = {id:String}",
      params: { id: locationId },
      row: z.object({ quantity: z.number() }),
    });
    return row?.quantity;
  };

  it("a count goes on after a restart, keeps what was sold since its capture, and stands after another", async () => {
    expect(await stock(0, { type: "position", lines: lines(102) })).toBe("accepted");
    expect(await stock(10, { type: "count_started", countId: "c1" })).toBe("accepted");
    expect(await counted(13, 100)).toBe("accepted");
    expect(await sale(14, 1)).toBe("accepted");
    await restart();
    expect(await sale(15, 2)).toBe("accepted");
    expect(await stock(20, { type: "count_started", countId: "c1" })).toBe("count_exists");
    expect(await stock(20, { type: "count_ended", countId: "c1" })).toBe("accepted");
    expect(await onHand()).toBe(97);
    expect(await sale(12, 2)).toBe("late");
    expect(await onHand()).toBe(97);
    await restart();
    expect(await sale(11, 5)).toBe("late");
    expect(await onHand()).toBe(97);
    expect(await sale(30, 1)).toBe("accepted");
    expect(await onHand()).toBe(96);
    expect(await stock(31, { type: "count_ended", countId: "c1" })).toBe("count_over");
  });

  it("a count that is held waits for its decision across a restart", async () => {
    await stock(0, { type: "position", lines: lines(100) });
    await stock(10, { type: "count_started", countId: "c1" });
    await counted(13, 50);
    await sale(14, 1);
    expect(await stock(20, { type: "count_ended", countId: "c1" })).toBe("accepted");
    expect(await onHand()).toBe(99);
    await until("the alert", () => alerts.length > 0);
    expect(alerts).toMatchObject([
      { kind: "count_held", locationId: here, countId: "c1", expected: 100, found: 50 },
    ]);
    await restart();
    expect(await stock(40, { type: "count_decided", countId: "c1", decision: "accept" })).toBe("accepted");
    expect(await onHand()).toBe(49);
    expect(await stock(41, { type: "count_decided", countId: "c1", decision: "reject" })).toBe(
      "count_not_held",
    );
  });

  it("units on their way are received once, whatever was told before a restart", async () => {
    const epc = "30164433400D1EC0000003E9";
    const item = [{ gtin: "09506000134352", quantity: 1, epcs: [epc] }];
    const out = { type: "transfer_out", transferId: "T1", to: there };
    const into = { type: "transfer_in", transferId: "T1", from: here };
    await stock(0, { type: "receipt", lines: [...lines(5), ...item] });
    await stock(10, { ...out, lines: [...lines(3), ...item] });
    expect([await onHand(), await onHand(there)]).toEqual([2, 0]);
    await restart();
    await stock(20, { ...into, lines: lines(2) }, there);
    await restart();
    await stock(30, { ...into, lines: item }, there);
    expect(await stock(31, { ...into, lines: lines(1) }, there)).toBe("accepted");
    expect([await onHand(), await onHand(there)]).toEqual([2, 4]);
  });
});

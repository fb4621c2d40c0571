import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest";
import type { BackupManifest } from "../../sql/backup/backup-manifest.ts";
import { type StartedSystem, startSystem } from "../support/onhand-process.ts";
import { runCommand } from "../support/run-command.ts";
import { createShopOverHttp } from "../support/shop-over-http.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { untilAsync } from "../support/until.ts";

const SHIRT = "80614141123458";
const SHOES = "04006381333931";
const CUSTOMER = { identifiers: [{ kind: "account", value: "web-18872" }] };

const folder = temporaryDirectory("c28");
const data = join(folder, "data");
const backup = join(folder, "backup");
const env = { ONHAND_DATA_DIR: data };
let system: StartedSystem;
const shop = createShopOverHttp(() => system);

async function start(): Promise<void> {
  system = await startSystem(data);
  await untilAsync("it takes orders", shop.isTakingOrders);
}

/** All that people and storefronts are told, but for the clock. */
async function everyNumber() {
  const places = ["S01", "S02"].flatMap((place) => [SHIRT, SHOES].map((gtin) => [place, gtin] as const));
  return {
    units: await Promise.all(places.map(([place, gtin]) => shop.units(place, gtin))),
    orders: await shop.ask<{ items: { orderId: string }[] }>("GET", "/v1/orders", 200),
    holds: await shop.ask("GET", "/v1/reservations", 200),
    tasks: (
      await shop.ask<{ items: { taskId: string; kind: string; state: string }[] }>("GET", "/v1/tasks", 200)
    ).items.map(({ taskId, kind, state }) => ({ taskId, kind, state })),
    customer: await shop.ask("POST", "/v1/customers/lookup", 200, { identifier: CUSTOMER.identifiers[0] }),
  };
}

beforeAll(async () => {
  await start();
  for (const place of ["S01", "S02"]) {
    const pickup = { leadMinutes: 30, lastOrderMinutes: 0, holdHours: 48, hasCurbside: true };
    const body = { name: place, openingHours: "24/7", timeZone: "Europe/Berlin", pickup };
    await shop.ask("PUT", `/v1/locations/${place}`, 200, body);
    await shop.receive(`in-${place}-1`, place, SHIRT, 10);
    await shop.receive(`in-${place}-2`, place, SHOES, 3);
  }
  await untilAsync("the goods are there", async () => (await shop.units("S02", SHOES)).onHand === 3);
});
afterAll(async () => {
  await system?.kill("SIGKILL");
});

test("C28 a backup of the running system, taken while holds are granted, is whole: after the data are lost every number is back", async () => {
  onTestFailed(() => console.log(system.log().slice(-6_000)));
  const { customerId } = await shop.ask<{ customerId: string }>("POST", "/v1/customers", 201, CUSTOMER);
  const line = { quantity: 1, method: "pickup", locationId: "S01" };
  await shop.place("o1", { orderId: "web-1", customerId, lines: [{ ...line, gtin: SHIRT }] });
  await shop.place("o2", { orderId: "web-2", lines: [{ ...line, gtin: SHOES }] });
  await shop.step("web-2", "ready");
  // Two pairs are left; both are held.
  const held = await shop.hold("cart-1", { gtin: SHOES, locationId: "S01", quantity: 2 });
  await untilAsync("the tasks are made", async () => {
    const { items } = await shop.ask<{ items: { kind: string }[] }>("GET", "/v1/tasks", 200);
    // One order is to be picked, of the other, which lies ready, only handing over is left.
    return String(items.map(({ kind }) => kind).toSorted()) === "hand_over,pick";
  });
  const before = await everyNumber();
  const code = await shop.ask<{ items: { code: string }[] }>("GET", "/v1/orders/web-2/pickup-codes", 200);

  // Others go on meanwhile, at a place that is not looked at above.
  await shop.ask("PUT", "/v1/locations/S03", 200, { name: "S03" });
  await shop.receive("in-S03", "S03", SHIRT, 100_000);
  await untilAsync("the goods are there", async () => (await shop.units("S03", SHIRT)).onHand === 100_000);
  const granted: { key: string; reservationId: string; atMs: number }[] = [];
  const over = new AbortController();
  const busy = Promise.all(
    Array.from({ length: 2 }, async (_, name) => {
      for (let cart = 0; !over.signal.aborted; cart += 1) {
        // So many that some are always on their way, and few enough to ask for each afterwards.
        await new Promise((resolve) => setTimeout(resolve, 25));
        const key = `busy-${name}-${cart}`;
        const { reservationId } = await shop.hold(key, { gtin: SHIRT, locationId: "S03", quantity: 1 });
        granted.push({ key, reservationId, atMs: Date.now() });
      }
    }),
  );
  await untilAsync("holds are granted", async () => granted.length > 10);
  const made = await runCommand(["backup", backup, "--json"], env);
  over.abort();
  await busy;
  expect([made.code, made.stderr]).toEqual([0, expect.anything()]);
  const manifest = JSON.parse(made.stdout) as BackupManifest & { isVerified: boolean };
  expect(manifest.isVerified).toBe(true);
  expect(readdirSync(folder).sort()).toEqual(["backup", "data"]);
  expect(readdirSync(join(data, "clickhouse", "shadow"))).toEqual(["increment.txt"]);
  expect(statSync(backup).mode & 0o777).toBe(0o700);
  expect(statSync(join(backup, "manifest.json")).mode & 0o777).toBe(0o600);
  expect(manifest.ledger.totals.find(({ locationId }) => locationId === "S01")).toMatchObject({ units: 13 });

  // What comes after the backup, and is lost with the data.
  await shop.place("o3", { orderId: "web-3", lines: [{ ...line, gtin: SHIRT }] });
  await shop.step("web-1", "ready");
  await shop.receive("late", "S02", SHIRT, 5);
  await system.kill("SIGKILL");
  rmSync(data, { recursive: true });

  const restored = await runCommand(["restore", backup, "--json"], env);
  expect([restored.code, restored.stderr]).toEqual([0, ""]);
  await start();
  const after = await everyNumber();
  // Of the holds that were on their way some are in it; those that were answered before it was taken are, all of them.
  expect(only(after, granted)).toEqual(only(before, granted));
  const takenMs = Date.parse(manifest.takenAt);
  const acknowledged = granted.filter(({ atMs }) => atMs < takenMs);
  expect(acknowledged.length).toBeGreaterThan(5);
  for (const { reservationId } of acknowledged) {
    expect(await shop.ask("GET", `/v1/reservations/${reservationId}`, 200)).toMatchObject({ status: "held" });
  }
  // Availability is the fold of what is there: each hold that is there counts once.
  const there = await Promise.all(
    granted.map(async (one) => (await shop.request("GET", `/v1/reservations/${one.reservationId}`)).ok),
  );
  const reserved = there.filter(Boolean).length;
  const units = await shop.units("S03", SHIRT);
  expect(units.reserved).toBeGreaterThanOrEqual(reserved);
  expect(units.available).toBe(100_000 - units.reserved);

  // It goes on: nobody gets what is held, the same key gets its hold, and an open order is collected with its code.
  await shop.hold("cart-2", { gtin: SHOES, locationId: "S01", quantity: 1 }, 409);
  const again = await shop.hold("cart-1", { gtin: SHOES, locationId: "S01", quantity: 2 });
  expect(again.reservationId).toBe(held.reservationId);
  expect((await shop.request("GET", "/v1/orders/web-3")).status).toBe(404);
  await shop.step("web-1", "ready");
  const collected = await shop.step("web-2", "collect", { code: code.items[0]?.code });
  expect(collected).toMatchObject({ status: "collected" });
  await expect.poll(() => shop.units("S01", SHOES)).toEqual({ onHand: 2, available: 0, reserved: 2 });
  await shop.receive("late", "S02", SHIRT, 5);
  await expect.poll(() => shop.units("S02", SHIRT)).toEqual({ onHand: 15, available: 15, reserved: 0 });
});

function only(numbers: Awaited<ReturnType<typeof everyNumber>>, granted: { reservationId: string }[]) {
  const others = new Set(granted.map(({ reservationId }) => reservationId));
  const holds = numbers.holds as { items: { reservationId: string; lines: { locationId: string }[] }[] };
  const items = holds.items.filter(
    (one) => !others.has(one.reservationId) && one.lines[0]?.locationId !== "S03",
  );
  return { ...numbers, holds: items };
}

test("a backup is never written over anything, nor into the data it is of, and a restore never over data", async () => {
  const full = join(folder, "full");
  mkdirSync(full);
  writeFileSync(join(full, "photo.jpg"), "mine");
  for (const [target, words] of [
    [full, "is not empty"],
    [join(data, "backup"), "in the data folder itself"],
    [join(folder, "not", "there"), "there is no folder"],
  ] as const) {
    const refused = await runCommand(["backup", target], env);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining(words)]);
  }
  expect(readFileSync(join(full, "photo.jpg"), "utf8")).toBe("mine");
  const busy = await runCommand(["restore", backup], env);
  expect([busy.code, busy.stderr]).toEqual([1, expect.stringContaining("belongs to the running process")]);
  const over = await runCommand(["restore", backup], { ONHAND_DATA_DIR: full });
  expect([over.code, over.stderr]).toEqual([1, expect.stringContaining("is not empty")]);
  expect(readdirSync(full)).toEqual(["photo.jpg"]);
});

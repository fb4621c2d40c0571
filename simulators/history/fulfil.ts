import type { FulfilmentMethod, FulfilmentStatus } from "../../domain/orders/order.ts";
import type { OrderCause, OrderEventKind } from "../../domain/orders/order-step.ts";
import { createWeightedDraw, drawLogNormal } from "./distributions.ts";
import { HABITS, SHORT_CAUSES } from "./habits.ts";
import type { PastContext } from "./past-context.ts";
import type { PastFulfilment, PastLine, PastOrder, PastStep } from "./past-order.ts";

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const drawCause = createWeightedDraw(SHORT_CAUSES.map(({ weight }) => weight));

/** Takes an order from placed to its end: split over locations, worked on, short at times, collected or delivered or not. */
export function fulfil(context: PastContext, order: PastOrder): void {
  const { random } = context;
  const [first] = order.lines;
  if (first === undefined) return;
  addStep(order, { kind: "placed", atMs: order.placedAtMs, actor: "customer" });
  openFulfilment(context, order, first.location, first.method, order.lines);
  const isSplit = order.lines.length > 1 && random.chance(HABITS.splitOrder);
  if (isSplit) {
    const moved = order.lines.slice(-1);
    openFulfilment(context, order, otherStore(context, first.location), "ship_from_store", moved);
  }
  // Work may add one more: an alternative that the customer took.
  for (let index = 0; index < order.fulfilments.length; index += 1) {
    const fulfilment = order.fulfilments[index];
    if (fulfilment !== undefined) work(context, order, fulfilment);
  }
  order.steps.sort((a, b) => a.atMs - b.atMs);
  const ended = order.fulfilments.find(({ times }) => times.collected ?? times.delivered);
  order.status = (ended ?? order.fulfilments[0])?.status ?? "cancelled";
}

/** Whether a promise of it was broken: late, or not all of it, and by no wish of the customer's. */
export function brokePromise(order: PastOrder): boolean {
  const isLate = order.fulfilments.some(
    ({ times, promisedReadyAtMs }) => promisedReadyAtMs !== null && (times.ready ?? 0) > promisedReadyAtMs,
  );
  return isLate || order.steps.some(({ kind, actor }) => kind === "shorted" || isStoresCancel(kind, actor));
}

const isStoresCancel = (kind: OrderEventKind, actor: PastStep["actor"]) =>
  kind === "cancelled" && actor === "staff";

function openFulfilment(
  context: PastContext,
  order: PastOrder,
  location: number,
  method: FulfilmentMethod,
  lines: readonly PastLine[],
  fromMs = order.placedAtMs,
): void {
  const no = order.fulfilments.length + 1;
  const promisedReadyAtMs = context.calendar.promisedReady(location, fromMs);
  order.fulfilments.push({
    no,
    location,
    method,
    status: "allocated",
    promisedReadyAtMs,
    holdUntilMs: null,
    times: { allocated: fromMs + 200, sent_to_store: fromMs + 900 },
  });
  for (const line of lines) Object.assign(line, { location, method, fulfilmentNo: no, promisedReadyAtMs });
  addStep(order, { kind: "allocated", atMs: fromMs + 200, actor: "system", fulfilmentNo: no });
  addStep(order, { kind: "sent_to_store", atMs: fromMs + 900, actor: "system", fulfilmentNo: no });
}

function work(context: PastContext, order: PastOrder, fulfilment: PastFulfilment): void {
  const { random, calendar } = context;
  const { location, no, times } = fulfilment;
  const lines = order.lines.filter((line) => line.fulfilmentNo === no);
  const staff = { actor: "staff" as const, actorId: `staff-${1 + random.int(6)}`, fulfilmentNo: no };
  const sentMs = times.sent_to_store ?? order.placedAtMs;
  const pace = context.slowness[location] ?? 1;

  if (random.chance(HABITS.cancelledByCustomer)) {
    const atMs = sentMs + Math.round(random.exponential(9 * MINUTE_MS)) + SECOND_MS;
    return cancel(order, fulfilment, lines, atMs, { actor: "customer", cause: "customer" });
  }
  const acceptedMs = calendar.afterOpenMinutes(location, sentMs, drawLogNormal(random, 7, 0.9) * pace);
  reach(order, fulfilment, "accepted", "accepted", acceptedMs, staff);
  if (random.chance(HABITS.cancelledByStore)) {
    const cause = random.chance(0.5) ? "late" : "store_closed";
    return cancel(order, fulfilment, lines, acceptedMs + 10 * MINUTE_MS, { ...staff, cause });
  }
  const delay = random.chance(0.045) ? random.between(60, 300) : 0;
  const pickingMs = calendar.afterOpenMinutes(location, acceptedMs, random.exponential(6) * pace + delay);
  reach(order, fulfilment, "picking", "picking", pickingMs, staff);
  let atMs = pickingMs;
  for (const line of lines) {
    atMs = calendar.afterOpenMinutes(location, atMs, drawLogNormal(random, 6, 0.6) * pace);
    pick(context, order, line, atMs, staff);
  }
  const isAnyPicked = lines.some((line) => line.picked > 0);
  if (!isAnyPicked) {
    fulfilment.status = "short";
    times.short = atMs;
    for (const line of lines) line.status = "short";
    return;
  }
  const readyMs = calendar.afterOpenMinutes(location, atMs, drawLogNormal(random, 5, 0.5));
  reach(order, fulfilment, "ready", "ready", readyMs, staff);
  if (fulfilment.method === "pickup" || fulfilment.method === "curbside") {
    collect(context, order, fulfilment, lines, readyMs);
  } else {
    ship(context, order, fulfilment, lines, readyMs);
  }
}

function pick(
  context: PastContext,
  order: PastOrder,
  line: PastLine,
  atMs: number,
  staff: Pick<PastStep, "actor" | "actorId" | "fulfilmentNo">,
): void {
  const { random } = context;
  const isShort = random.chance(HABITS.short);
  line.short = isShort ? 1 + random.int(line.quantity) : 0;
  line.picked = line.quantity - line.short;
  const step = { ...staff, atMs, lineNo: line.lineNo };
  if (line.picked > 0) addStep(order, { ...step, kind: "picked", quantity: line.picked });
  if (!isShort) return;
  const cause = SHORT_CAUSES[drawCause(random)]?.cause ?? "not_found";
  addStep(order, { ...step, kind: "shorted", quantity: line.short, cause });
  const toldMs = atMs + Math.round(random.exponential(18 * MINUTE_MS)) + MINUTE_MS;
  addStep(order, { ...step, atMs: toldMs, kind: "told" });
  if (line.insteadOf !== 0 || !random.chance(HABITS.takesAlternative)) return;
  const lineNo = order.lines.length + 1;
  const quantity = line.short;
  const fresh: PastLine = { ...line, lineNo, quantity, picked: 0, short: 0, insteadOf: line.lineNo };
  order.lines.push(fresh);
  openFulfilment(
    context,
    order,
    otherStore(context, line.location),
    "ship_from_store",
    [fresh],
    toldMs + SECOND_MS,
  );
}

function collect(
  context: PastContext,
  order: PastOrder,
  fulfilment: PastFulfilment,
  lines: readonly PastLine[],
  readyMs: number,
): void {
  const { random, calendar } = context;
  const { location, times, no } = fulfilment;
  fulfilment.holdUntilMs = readyMs + HABITS.holdDays * DAY_MS;
  const comesMs = calendar.afterOpenMinutes(location, readyMs, 4 + random.exponential(260));
  if (random.chance(HABITS.noShow) || comesMs >= fulfilment.holdUntilMs) {
    reach(order, fulfilment, "no_show", "no_show", fulfilment.holdUntilMs, {
      actor: "system",
      actorId: "onhand",
      fulfilmentNo: no,
    });
    for (const line of lines) {
      line.cancelled = line.picked;
      line.status = "no_show";
    }
    return;
  }
  const customer = { actor: "customer" as const, actorId: "customer", fulfilmentNo: no };
  let handedOverMs = comesMs;
  if (fulfilment.method === "curbside") {
    times.arrived = comesMs;
    addStep(order, { ...customer, kind: "arrived", atMs: comesMs });
    const waitMinutes = 1 + drawLogNormal(random, 3.5, 0.65) * (context.slowness[location] ?? 1);
    handedOverMs = comesMs + Math.round(waitMinutes * MINUTE_MS);
  }
  reach(order, fulfilment, "collected", "collected", handedOverMs, { ...customer, actor: "staff" });
  handOver(lines, "collected");
}

function ship(
  context: PastContext,
  order: PastOrder,
  fulfilment: PastFulfilment,
  lines: readonly PastLine[],
  readyMs: number,
): void {
  const { random, calendar } = context;
  const shippedMs = calendar.afterOpenMinutes(fulfilment.location, readyMs, random.between(20, 300));
  const staff = { actor: "staff" as const, actorId: "staff-1", fulfilmentNo: fulfilment.no };
  reach(order, fulfilment, "shipped", "shipped", shippedMs, staff);
  const deliveredMs = shippedMs + Math.round(random.between(0.8, 3.4) * DAY_MS);
  const carrier = { actor: "system" as const, actorId: "carrier", fulfilmentNo: fulfilment.no };
  reach(order, fulfilment, "delivered", "delivered", deliveredMs, carrier);
  handOver(lines, "delivered");
}

function handOver(lines: readonly PastLine[], status: FulfilmentStatus): void {
  for (const line of lines) {
    line.handedOver = line.picked;
    line.status = line.picked > 0 ? status : "short";
  }
}

function cancel(
  order: PastOrder,
  fulfilment: PastFulfilment,
  lines: readonly PastLine[],
  atMs: number,
  by: { actor: PastStep["actor"]; actorId?: string; cause: OrderCause },
): void {
  fulfilment.status = "cancelled";
  fulfilment.times.cancelled = atMs;
  addStep(order, { kind: "cancelled", atMs, fulfilmentNo: fulfilment.no, ...by });
  for (const line of lines) {
    line.cancelled = line.quantity;
    line.status = "cancelled";
  }
}

function reach(
  order: PastOrder,
  fulfilment: PastFulfilment,
  status: FulfilmentStatus,
  kind: OrderEventKind,
  atMs: number,
  by: Pick<PastStep, "actor" | "actorId" | "fulfilmentNo">,
): void {
  fulfilment.status = status;
  fulfilment.times[status] = atMs;
  addStep(order, { kind, atMs, ...by });
}

function addStep(
  order: PastOrder,
  step: Pick<PastStep, "kind" | "atMs" | "actor"> & Partial<PastStep>,
): void {
  const actorId = step.actor === "system" ? "onhand" : step.actor;
  order.steps.push({ actorId, fulfilmentNo: 0, lineNo: 0, quantity: 0, cause: null, ...step });
}

function otherStore(context: PastContext, location: number): number {
  const others = context.stores.filter((store) => store !== location);
  return context.random.pick(others) ?? location;
}

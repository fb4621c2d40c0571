import type { TaskAnswer, TaskLine } from "../../../domain/tasks/task.ts";
import type { Unit } from "../../../simulators/world/unit.ts";
import { type DemoPeople, PEOPLE } from "./demo-people.ts";

/** Between two looks at the devices. */
const LOOK_EVERY = 8;
/** Of the units that are found: what cannot be sold. */
const DAMAGED = 0.03;
const NEVER_COMES = 0.06;
const TAKES_ALTERNATIVE = 0.5;

/**
 * The staff of all stores: take up the tasks on their devices, pick real units of the simulated chain, lay them ready, hand them
 * over when the customer is there, carry back what nobody wants. Until the signal.
 */
export async function runOrderStaff(people: DemoPeople, onFault: (error: unknown) => void): Promise<void> {
  const { calls, signal } = people;
  const atWork = new Set<string>();
  /** Units that lie ready, by order and part of it. */
  const laidBy = new Map<string, Readonly<Unit>[]>();
  while (!signal.aborted) {
    await people.pass(LOOK_EVERY);
    const tasks = await calls.tasks();
    const live = new Set(tasks.map(({ taskId }) => taskId));
    for (const taskId of atWork) if (!live.has(taskId)) atWork.delete(taskId);
    for (const task of tasks) {
      if (atWork.has(task.taskId)) continue;
      atWork.add(task.taskId);
      void workOn(people, task, laidBy).catch((error: unknown) => {
        if (!signal.aborted) onFault(error);
      });
    }
  }
}

async function workOn(
  people: DemoPeople,
  task: TaskAnswer,
  laidBy: Map<string, Readonly<Unit>[]>,
): Promise<void> {
  const { calls, random } = people;
  const part = `${task.orderId}/${task.fulfilmentId}`;
  switch (task.kind) {
    case "pick":
      return await pick(people, task, part, laidBy);
    case "stage":
      await accept(people, task);
      await people.pass(random.between(0.5, 1.5) * PEOPLE.packs);
      await calls.work(task.taskId, "done", { place: `Shelf ${1 + random.int(9)}` });
      return;
    case "hand_over":
      return await handOver(people, task, part, laidBy);
    case "curbside_arrival": {
      await people.pass(random.between(0.3, 2) * PEOPLE.walksOut);
      const done = await calls.work(task.taskId, "done", { staffChecked: true });
      if (done !== null) letGo(people, part, laidBy);
      return;
    }
    case "return_to_shelf":
      await accept(people, task);
      await people.pass(random.between(0.5, 1.5) * PEOPLE.picksUnit);
      for (const unit of laidBy.get(part) ?? []) people.simulation.hands.putBack(unit);
      laidBy.delete(part);
      await calls.work(task.taskId, "done");
      return;
    case "check_ghost":
      return;
    default:
      task.kind satisfies never;
  }
}

async function accept(people: DemoPeople, task: TaskAnswer): Promise<void> {
  await people.pass(people.random.exponential(PEOPLE.notices));
  const id = `staff-${1 + people.random.int(4)}`;
  await people.calls.work(task.taskId, "accept", { actor: { kind: "staff", id } });
}

async function pick(
  people: DemoPeople,
  task: TaskAnswer,
  part: string,
  laidBy: Map<string, Readonly<Unit>[]>,
): Promise<void> {
  await accept(people, task);
  const taken: Readonly<Unit>[] = [];
  laidBy.set(part, taken);
  let isShort = false;
  for (const line of task.lines) {
    for (let left = line.quantity; left > 0; left -= 1) {
      await people.pass(people.random.between(0.5, 1.8) * PEOPLE.picksUnit);
      isShort = !(await pickUnit(people, task, line, taken)) || isShort;
    }
  }
  await people.calls.work(task.taskId, "done");
  if (isShort && task.orderId !== null) await tell(people, task.orderId);
}

/** One unit of a line; false where it is not to be had. What is damaged lies in the backroom from then on. */
async function pickUnit(
  people: DemoPeople,
  task: TaskAnswer,
  line: TaskLine,
  taken: Readonly<Unit>[],
): Promise<boolean> {
  const { calls, random, simulation } = people;
  const { lineId, gtin } = line;
  const unit = simulation.hands.take(task.locationId, gtin);
  const epcs = unit === null || unit.epcHex === "" ? {} : { epcs: [unit.epcHex] };
  const isDamaged = unit !== null && random.chance(DAMAGED);
  if (unit === null || isDamaged) {
    const reason = isDamaged ? "damaged" : "not_found";
    await calls.work(task.taskId, "short", { reason, lines: [{ lineId, quantity: 1, ...epcs }] });
    return false;
  }
  const scanned = await calls.work(task.taskId, "progress", { lines: [{ lineId, quantity: 1, ...epcs }] });
  // A tag that the ledger does not know here is no reason to leave the customer without: it counts as one of them.
  const isTaken =
    scanned !== null ||
    (await calls.work(task.taskId, "progress", { lines: [{ lineId, quantity: 1 }] })) !== null;
  if (isTaken) taken.push(unit);
  else simulation.hands.putBack(unit);
  return isTaken;
}

/** The customer is told what is missing; some take it from elsewhere. */
async function tell(people: DemoPeople, orderId: string): Promise<void> {
  const { calls, random } = people;
  await people.pass(random.exponential(PEOPLE.tells));
  const order = await calls.order(orderId);
  for (const notice of order?.notices ?? []) {
    if (notice.told !== null) continue;
    const where = notice.alternatives[0]?.locationId;
    const wantsIt = where !== undefined && random.chance(TAKES_ALTERNATIVE);
    const alternative = { locationId: where, method: "ship_from_store" };
    const isTold =
      wantsIt &&
      (await calls.tell(orderId, {
        noticeId: notice.noticeId,
        by: "sms",
        outcome: "alternative",
        alternative,
      })) !== null;
    if (!isTold) await calls.tell(orderId, { noticeId: notice.noticeId, by: "sms", outcome: "refund" });
  }
}

/** Waits for whoever comes for it: the customer inside, the customer outside, or a carrier. */
async function handOver(
  people: DemoPeople,
  task: TaskAnswer,
  part: string,
  laidBy: Map<string, Readonly<Unit>[]>,
): Promise<void> {
  const { calls, random } = people;
  const { orderId, fulfilmentId, taskId } = task;
  if (orderId === null || fulfilmentId === null) return;
  if (task.method === "pickup" || task.method === "curbside") {
    if (random.chance(NEVER_COMES)) return;
    await people.pass(random.exponential(PEOPLE.comes));
    if (task.method === "curbside") {
      // Their arrival makes the task by which the goods are carried out to them.
      await calls.step(orderId, fulfilmentId, "arrive", { bay: String(1 + random.int(6)) });
      return;
    }
    const done = await calls.work(taskId, "done", { staffChecked: true });
    if (done !== null) letGo(people, part, laidBy);
    return;
  }
  await people.pass(random.exponential(PEOPLE.carrierComes));
  const parcel = { carrier: "Marlow Parcel", trackingNumber: `MP${random.int(10 ** 9)}` };
  const done = await calls.work(taskId, "done", parcel);
  if (done === null) return;
  letGo(people, part, laidBy);
  await people.pass(random.between(0.5, 2) * PEOPLE.parcelTravels);
  await calls.step(orderId, fulfilmentId, "deliver");
}

/** What was handed over is gone from the chain too. */
function letGo({ simulation }: DemoPeople, part: string, laidBy: Map<string, Readonly<Unit>[]>): void {
  for (const unit of laidBy.get(part) ?? []) simulation.hands.handOver(unit);
  laidBy.delete(part);
}

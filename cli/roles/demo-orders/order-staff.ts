import type { TaskAnswer, TaskLine } from "../../../domain/tasks/task.ts";
import type { Unit } from "../../../simulators/world/unit.ts";
import { issueSome } from "./demo-offers.ts";
import type { DemoPeople } from "./demo-people.ts";

/** Between two looks at the devices, in simulated seconds. */
const LOOK_EVERY = 20;
/** Of the units that should be there: what is gone unseen, and what is there and cannot be sold. */
const LOST = 0.025;
const DAMAGED = 0.02;
const TAKES_ALTERNATIVE = 0.5;
const STAFF_OF_A_STORE = 4;

/** A task in the hands of one of the staff. */
type Work = {
  people: DemoPeople;
  task: TaskAnswer;
  /** False where it was refused: somebody else does it, or it is not wanted any more. */
  say(command: string, body?: object): Promise<boolean>;
  /** Units that were picked for the same part of the same order, and lie ready. */
  laidBy: Shelf;
};

type Shelf = {
  add(unit: Readonly<Unit>): void;
  /** All of them, off the shelf. */
  clear(): Readonly<Unit>[];
};

/**
 * The staff of all stores: take up the tasks on their devices, pick real units of the simulated chain, lay them ready, hand them
 * over when the customer is there, carry back what nobody wants. Until the signal.
 */
export async function runOrderStaff(people: DemoPeople, onFault: (error: unknown) => void): Promise<void> {
  const { calls, random, signal } = people;
  const atWork = new Set<string>();
  const shelves = new Map<string, Readonly<Unit>[]>();

  const shelfOf = ({ orderId, fulfilmentId }: TaskAnswer): Shelf => {
    const part = `${orderId}/${fulfilmentId}`;
    return {
      add: (unit) => void shelves.set(part, [...(shelves.get(part) ?? []), unit]),
      clear: () => {
        const units = shelves.get(part) ?? [];
        shelves.delete(part);
        return units;
      },
    };
  };
  const begin = async (task: TaskAnswer): Promise<void> => {
    const actor = { kind: "staff", id: `staff-${1 + random.int(STAFF_OF_A_STORE)}` };
    const say = async (command: string, body: object = {}) =>
      (await calls.work(task.taskId, command, { actor, ...body })) !== null;
    await workOn({ people, task, say, laidBy: shelfOf(task) });
  };

  while (!signal.aborted) {
    await people.pass(LOOK_EVERY);
    const tasks = await calls.tasks();
    const live = new Set(tasks.map(({ taskId }) => taskId));
    for (const taskId of atWork) if (!live.has(taskId)) atWork.delete(taskId);
    for (const task of tasks) {
      if (atWork.has(task.taskId)) continue;
      atWork.add(task.taskId);
      begin(task).catch((error: unknown) => {
        if (!signal.aborted) onFault(error);
      });
    }
  }
}

async function workOn(work: Work): Promise<void> {
  const { people, task, say, laidBy } = work;
  const { random, simulation } = people;
  switch (task.kind) {
    case "pick":
      return await pick(work);
    case "stage":
      await people.takeTimeFor("packs");
      await say("done", { place: `Shelf ${1 + random.int(9)}` });
      return;
    case "hand_over":
      return await handOver(work);
    case "curbside_arrival":
      await people.takeTimeFor("walksOut");
      if (await say("done", { staffChecked: true })) await letGo(work);
      return;
    case "return_to_shelf":
      await people.takeTimeFor("picksUnit");
      for (const unit of laidBy.clear()) simulation.hands.putBack(unit);
      await say("done");
      return;
    case "check_ghost":
      return await look(work);
    default:
      task.kind satisfies never;
  }
}

async function pick(work: Work): Promise<void> {
  const { people, task, say } = work;
  await people.takeTimeFor("notices");
  if (!(await say("accept"))) return;
  let isShort = false;
  const units = task.lines.flatMap((line) => Array.from({ length: line.quantity }, () => line));
  for (const [index, line] of units.entries()) {
    await people.takeTimeFor("picksUnit");
    // The last one ends the task.
    const command = index === units.length - 1 ? "done" : "progress";
    isShort = !(await pickUnit(work, line, command)) || isShort;
  }
  if (isShort && task.orderId !== null) await tell(people, task.orderId);
}

/** One unit of a line; false where it is not to be had. What is damaged lies in the backroom from then on. */
async function pickUnit(
  { people, task, say, laidBy }: Work,
  { lineId, gtin }: TaskLine,
  command: "progress" | "done",
): Promise<boolean> {
  const { random, simulation } = people;
  const { hands } = simulation;
  const unit = hands.take(task.locationId, gtin);
  const one = { lineId, quantity: 1 };
  // Somebody in the store has it in a basket, or paid for it just now.
  if (unit === null) {
    await say("short", { reason: "sold_in_store", lines: [one] });
    return false;
  }
  const scanned = unit.epcHex === "" ? one : { ...one, epcs: [unit.epcHex] };
  const fate = random.next();
  if (fate < LOST) {
    if (await say("short", { reason: "not_found", lines: [scanned] })) hands.lose(unit);
    else hands.putBack(unit);
    return false;
  }
  if (fate < LOST + DAMAGED) {
    if (!(await say("short", { reason: "damaged", lines: [scanned] }))) hands.putBack(unit);
    return false;
  }
  // A tag that the ledger does not know here is no reason to leave the customer without: it counts as one of them.
  const isTaken = (await say(command, { lines: [scanned] })) || (await say(command, { lines: [one] }));
  if (isTaken) laidBy.add(unit);
  else hands.putBack(unit);
  return isTaken;
}

/** Whether the unit that somebody doubts is there. What others asked for is left to those who watch. */
async function look({ people, task, say }: Work): Promise<void> {
  await people.takeTimeFor("looksForUnit");
  const unit = people.sought.get(task.taskId);
  if (unit === undefined) return;
  people.sought.delete(task.taskId);
  if (unit.status === "on_hand") await say("done");
  else await say("short", { reason: unit.status === "stolen" ? "not_found" : "sold_in_store" });
}

/** The customer is told what is missing; some take it from elsewhere. */
async function tell({ calls, random, takeTimeFor }: DemoPeople, orderId: string): Promise<void> {
  await takeTimeFor("tells");
  const order = await calls.order(orderId);
  for (const { noticeId, told, alternatives } of order?.notices ?? []) {
    if (told !== null) continue;
    const [elsewhere] = alternatives;
    const word = { noticeId, by: "sms" };
    const alternative = { locationId: elsewhere?.locationId, method: "ship_from_store" };
    const isTaken =
      elsewhere !== undefined &&
      random.chance(TAKES_ALTERNATIVE) &&
      (await calls.tell(orderId, { ...word, outcome: "alternative", alternative })) !== null;
    if (!isTaken) await calls.tell(orderId, { ...word, outcome: "refund" });
  }
}

/** Waits for whoever comes for it: the customer inside, the customer outside, or a carrier. */
async function handOver(work: Work): Promise<void> {
  const { people, task, say } = work;
  const { calls, random } = people;
  const { orderId, fulfilmentId, method } = task;
  if (orderId === null || fulfilmentId === null) return;
  if (method === "pickup" || method === "curbside") {
    if (random.chance(people.neverComes)) return;
    await people.takeTimeFor("comes");
    // The arrival of a car makes the task by which the goods are carried out to it.
    if (method === "curbside") {
      await calls.step(orderId, fulfilmentId, "arrive", { bay: String(1 + random.int(6)) });
    } else if (await say("done", { staffChecked: true })) {
      await letGo(work);
    }
    return;
  }
  await people.takeTimeFor("carrierComes");
  const parcel = { carrier: "Marlow Parcel", trackingNumber: `MP${random.int(10 ** 9)}` };
  if (!(await say("done", parcel))) return;
  await letGo(work);
  await people.takeTimeFor("parcelTravels");
  await calls.step(orderId, fulfilmentId, "deliver");
}

/** What was handed over is gone from the chain too, and may come back. Who came to the store may be given an offer. */
async function letGo({ people, task, laidBy }: Work): Promise<void> {
  const units = laidBy.clear();
  for (const unit of units) people.simulation.hands.handOver(unit);
  const order = task.orderId === null ? null : await people.calls.order(task.orderId);
  if (order === null) return;
  const { orderId, customerId, channel } = order;
  for (const unit of units) {
    people.keep({ orderId, customerId, channel, locationId: task.locationId, unit });
  }
  if (task.method === "pickup" || task.method === "curbside") await issueSome(people, order, "store");
}

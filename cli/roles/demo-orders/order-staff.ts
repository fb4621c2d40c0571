import type { TaskAnswer, TaskLine } from "../../../domain/tasks/task.ts";
import type { Unit } from "../../../simulators/world/unit.ts";
import { type DemoPeople, PEOPLE } from "./demo-people.ts";

/** Between two looks at the devices. */
const LOOK_EVERY = 8;
/** Of the units that are found: what cannot be sold. */
const DAMAGED = 0.03;
const NEVER_COMES = 0.06;
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
      await people.pass(random.between(0.5, 1.5) * PEOPLE.packs);
      await say("done", { place: `Shelf ${1 + random.int(9)}` });
      return;
    case "hand_over":
      return await handOver(work);
    case "curbside_arrival":
      await people.pass(random.between(0.3, 2) * PEOPLE.walksOut);
      if (await say("done", { staffChecked: true })) letGo(work);
      return;
    case "return_to_shelf":
      await people.pass(random.between(0.5, 1.5) * PEOPLE.picksUnit);
      for (const unit of laidBy.clear()) simulation.hands.putBack(unit);
      await say("done");
      return;
    case "check_ghost":
      return;
    default:
      task.kind satisfies never;
  }
}

async function pick(work: Work): Promise<void> {
  const { people, task, say } = work;
  await people.pass(people.random.exponential(PEOPLE.notices));
  if (!(await say("accept"))) return;
  let isShort = false;
  const units = task.lines.flatMap((line) => Array.from({ length: line.quantity }, () => line));
  for (const [index, line] of units.entries()) {
    await people.pass(people.random.between(0.5, 1.8) * PEOPLE.picksUnit);
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
  const unit = simulation.hands.take(task.locationId, gtin);
  const one = { lineId, quantity: 1 };
  const scanned = unit === null || unit.epcHex === "" ? one : { ...one, epcs: [unit.epcHex] };
  if (unit === null || random.chance(DAMAGED)) {
    await say("short", { reason: unit === null ? "not_found" : "damaged", lines: [scanned] });
    return false;
  }
  // A tag that the ledger does not know here is no reason to leave the customer without: it counts as one of them.
  const isTaken = (await say(command, { lines: [scanned] })) || (await say(command, { lines: [one] }));
  if (isTaken) laidBy.add(unit);
  else simulation.hands.putBack(unit);
  return isTaken;
}

/** The customer is told what is missing; some take it from elsewhere. */
async function tell({ calls, random, pass }: DemoPeople, orderId: string): Promise<void> {
  await pass(random.exponential(PEOPLE.tells));
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
    if (random.chance(NEVER_COMES)) return;
    await people.pass(random.exponential(PEOPLE.comes));
    // The arrival of a car makes the task by which the goods are carried out to it.
    if (method === "curbside") {
      await calls.step(orderId, fulfilmentId, "arrive", { bay: String(1 + random.int(6)) });
    } else if (await say("done", { staffChecked: true })) {
      letGo(work);
    }
    return;
  }
  await people.pass(random.exponential(PEOPLE.carrierComes));
  const parcel = { carrier: "Marlow Parcel", trackingNumber: `MP${random.int(10 ** 9)}` };
  if (!(await say("done", parcel))) return;
  letGo(work);
  await people.pass(random.between(0.5, 2) * PEOPLE.parcelTravels);
  await calls.step(orderId, fulfilmentId, "deliver");
}

/** What was handed over is gone from the chain too. */
function letGo({ people, laidBy }: Work): void {
  for (const unit of laidBy.clear()) people.simulation.hands.handOver(unit);
}

import { gtinOfEpc, identityOfEpc } from "../epc/identity.ts";
import { parseEpcText } from "../epc/encode-epc.ts";
import { gtinFromNumber } from "../gtin.ts";
import { openUnits, type Task, type TaskLine } from "./task.ts";
import type { TaskUnits } from "./task-commands.ts";
import type { TaskRefusal } from "./task-decision.ts";

/** So many units of a line, and the items they are where they were scanned: hex. */
export type LineUnits = { line: TaskLine; quantity: number; epcs: string[] };
export type UnitsOfCommand = { ok: true; units: LineUnits[] } | { ok: false; refusal: TaskRefusal };

/**
 * Which units a command means: those it names, else all that is open. An item that was scanned before counts once. Refuses what
 * is not of the task, and more units than are open.
 */
export function unitsOfCommand(task: Task, wished: readonly TaskUnits[] | undefined): UnitsOfCommand {
  if (wished === undefined) {
    const open = task.lines.flatMap((line) => {
      const quantity = openUnits(line);
      return quantity > 0 ? [{ line, quantity, epcs: [] }] : [];
    });
    return { ok: true, units: open };
  }
  const found = new Map<string, LineUnits>();
  for (const wish of wished) {
    const items = itemsOf(wish.epcs ?? []);
    if (!items.ok) return items;
    const refusal =
      wish.lineId === undefined && wish.gtin === undefined
        ? addItems(task, found, items.items)
        : addUnits(task, found, wish, items.items);
    if (refusal !== null) return { ok: false, refusal };
  }
  return { ok: true, units: [...found.values()].filter((one) => one.quantity > 0) };
}

type Item = { epc: string; gtin: string };

function itemsOf(
  texts: readonly string[],
): { ok: true; items: Item[] } | { ok: false; refusal: TaskRefusal } {
  const items: Item[] = [];
  for (const text of texts) {
    const parsed = parseEpcText(text);
    if (!parsed.ok)
      return {
        ok: false,
        refusal: { code: "invalid_request", detail: `${text} is no EPC: ${parsed.detail}` },
      };
    const gtin = gtinOfEpc(parsed.value);
    if (gtin === 0) return { ok: false, refusal: wrong(text, "It names no product.") };
    items.push({ epc: identityOfEpc(parsed.value), gtin: gtinFromNumber(gtin) });
  }
  return { ok: true, items };
}

/** Items alone: each counts for the first line of its product that has room. */
function addItems(task: Task, found: Map<string, LineUnits>, items: readonly Item[]): TaskRefusal | null {
  for (const item of items) {
    if (isKnown(task, found, item.epc)) continue;
    const lines = task.lines.filter((line) => line.gtin === item.gtin);
    const line = lines.find((one) => roomOf(found, one) > 0);
    if (line === undefined) {
      return wrong(item.epc, lines.length === 0 ? `It is ${item.gtin}, which is not wanted here.` : TOO_MANY);
    }
    add(found, line, 1, [item.epc]);
  }
  return null;
}

function addUnits(
  task: Task,
  found: Map<string, LineUnits>,
  wish: TaskUnits,
  items: readonly Item[],
): TaskRefusal | null {
  const gtin = wish.gtin === undefined ? null : gtinFromNumber(Number(wish.gtin));
  const fits = (line: TaskLine) =>
    (wish.lineId === undefined || line.lineId === wish.lineId) && (gtin === null || line.gtin === gtin);
  const lines = task.lines.filter(fits);
  const line = lines.find((one) => roomOf(found, one) > 0) ?? lines[0];
  if (line === undefined)
    return { code: "wrong_item", detail: "No line of the task is about it.", epc: null };
  const stranger = items.find((item) => item.gtin !== line.gtin);
  if (stranger !== undefined) return wrong(stranger.epc, `It is ${stranger.gtin}, not ${line.gtin}.`);
  const fresh = items.filter((item) => !isKnown(task, found, item.epc)).map((item) => item.epc);
  const quantity = Math.max(
    wish.quantity === undefined ? 0 : wish.quantity - (items.length - fresh.length),
    0,
  );
  const units = wish.quantity === undefined ? (items.length === 0 ? 1 : fresh.length) : quantity;
  if (units < fresh.length) return { code: "invalid_request", detail: "More items are named than units." };
  if (units > roomOf(found, line)) return { code: "wrong_item", detail: TOO_MANY, epc: null };
  add(found, line, units, fresh);
  return null;
}

const TOO_MANY = "There are more units of it than are wanted here.";

function wrong(epc: string, detail: string): TaskRefusal {
  return { code: "wrong_item", detail, epc };
}

function isKnown(task: Task, found: Map<string, LineUnits>, epc: string): boolean {
  return (
    task.lines.some((line) => line.doneEpcs.includes(epc)) ||
    [...found.values()].some((one) => one.epcs.includes(epc))
  );
}

function roomOf(found: Map<string, LineUnits>, line: TaskLine): number {
  return openUnits(line) - (found.get(line.lineId)?.quantity ?? 0);
}

function add(found: Map<string, LineUnits>, line: TaskLine, quantity: number, epcs: readonly string[]): void {
  const known = found.get(line.lineId);
  found.set(line.lineId, {
    line,
    quantity: (known?.quantity ?? 0) + quantity,
    epcs: [...(known?.epcs ?? []), ...epcs],
  });
}

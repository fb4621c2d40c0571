import type { LedgerEvent } from "../../domain/ledger/ledger-event.ts";

/** Events of one side that are remembered until the other side has them. Beyond it they count as different. */
const MAX_WAITING = 100_000;

/**
 * Compares what a replay does with what the ledger has, event by event: with their lines, sequences and items. Both come in
 * the same order when the replay is exact; memory holds only what one side has and the other has not yet.
 */
export class EventComparison {
  same = 0;
  onlyInLedger = 0;
  onlyInReplay = 0;
  readonly #ledger = new Map<string, number>();
  readonly #replay = new Map<string, number>();

  inLedger(event: LedgerEvent): void {
    const text = textOf(event);
    if (take(this.#replay, text)) {
      this.onlyInReplay -= 1;
      this.same += 1;
      return;
    }
    this.onlyInLedger += 1;
    keep(this.#ledger, text);
  }

  inReplay(event: LedgerEvent): void {
    const text = textOf(event);
    if (take(this.#ledger, text)) {
      this.onlyInLedger -= 1;
      this.same += 1;
      return;
    }
    this.onlyInReplay += 1;
    keep(this.#replay, text);
  }

  examples(limit: number): { where: "ledger" | "replay"; event: string }[] {
    const of = (where: "ledger" | "replay", texts: Map<string, number>) =>
      [...texts.keys()].slice(0, limit).map((event) => ({ where, event }));
    return [...of("ledger", this.#ledger), ...of("replay", this.#replay)].slice(0, limit);
  }
}

function take(texts: Map<string, number>, text: string): boolean {
  const count = texts.get(text);
  if (count === undefined) return false;
  if (count === 1) texts.delete(text);
  else texts.set(text, count - 1);
  return true;
}

function keep(texts: Map<string, number>, text: string): void {
  if (texts.size < MAX_WAITING) texts.set(text, (texts.get(text) ?? 0) + 1);
}

/** All of an event but its body, with times as they are stored: whole milliseconds. */
function textOf(event: LedgerEvent): string {
  return JSON.stringify([
    event.eventType,
    event.locationId,
    event.eventId,
    event.source,
    Math.trunc(event.occurredAtMs),
    event.movements.map((line) => [
      line.locationId,
      line.sequence,
      line.gtin,
      line.state,
      line.quantity,
      line.reason,
      line.epc,
      line.reservationId,
      line.orderId,
    ]),
    event.items.map((item) => [
      item.epc,
      item.gtin,
      item.locationId,
      item.zoneId,
      item.status,
      item.state,
      Math.trunc(item.firstSeenAtMs),
      Math.trunc(item.lastSeenAtMs),
    ]),
  ]);
}

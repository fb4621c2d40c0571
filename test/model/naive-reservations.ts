import type {
  NaiveAnswer,
  NaiveLine,
  NaiveReservation,
  NaiveStatus,
  NaiveView,
} from "./naive-reservation.ts";
import type { CommandStep, Stock } from "./steps.ts";

const MAX_LIFE_MS = 4 * 3_600_000;
const KEEP_FOR_SALE_MS = 15 * 60_000;

const LIVE: ReadonlySet<NaiveStatus> = new Set(["held", "confirmed", "picked"]);

/**
 * Reservations as the documents describe them, with plain loops over plain lists and nothing kept that could be counted. Slow,
 * and obviously right: the other implementation has to agree with it after every step.
 */
export class NaiveReservations {
  nowMs: number;
  readonly sellable = new Map<string, number>();
  readonly all = new Map<string, NaiveReservation>();
  /** Units that movements took for reservations nobody knows (yet). */
  readonly unknown: { id: string; stock: Stock; units: number }[] = [];
  #places = 0;

  constructor(nowMs: number) {
    this.nowMs = nowMs;
  }

  /** A movement that the server has applied. */
  move(stock: Stock, quantity: number, reservationId: string): void {
    const key = keyOf(stock);
    this.sellable.set(key, (this.sellable.get(key) ?? 0) + quantity);
    if (reservationId === "" || quantity >= 0) return;
    const found = this.all.get(reservationId);
    if (found === undefined) this.unknown.push({ id: reservationId, stock, units: -quantity });
    else this.#take(found, stock, -quantity);
  }

  statusOf(reservation: NaiveReservation): NaiveStatus {
    if (!LIVE.has(reservation.told)) return reservation.told;
    if (isComplete(reservation)) return "fulfilled";
    const keptMs = saleOf(reservation)?.keptMs ?? 0;
    return Math.max(reservation.endMs, keptMs) <= this.nowMs ? "expired" : reservation.told;
  }

  held(stock: Stock): number {
    let units = 0;
    for (const reservation of this.all.values()) {
      if (!LIVE.has(this.statusOf(reservation))) continue;
      for (const line of reservation.lines) if (isSame(line, stock)) units += open(line);
    }
    return units;
  }

  available(stock: Stock): number {
    return Math.max(0, (this.sellable.get(keyOf(stock)) ?? 0) - this.held(stock));
  }

  /** Units that stock does not cover: older places are covered first. */
  atRisk(reservation: NaiveReservation): number[] {
    return reservation.lines.map((line) => {
      if (!LIVE.has(this.statusOf(reservation))) return 0;
      let covered = Math.max(0, this.sellable.get(keyOf(line)) ?? 0);
      for (const other of [...this.all.values()].sort((one, two) => one.place - two.place)) {
        if (other.place >= reservation.place || !LIVE.has(this.statusOf(other))) continue;
        for (const each of other.lines) if (isSame(each, line)) covered -= open(each);
      }
      return open(line) - Math.max(0, Math.min(open(line), covered));
    });
  }

  view(reservation: NaiveReservation): NaiveView {
    const { id, endMs, lines } = reservation;
    return {
      id,
      status: this.statusOf(reservation),
      endMs,
      lines: lines.map(({ locationId, gtin, quantity, taken }) => ({
        locationId,
        gtin,
        quantity,
        fulfilled: Math.min(quantity, taken),
      })),
    };
  }

  /** `id`: of the reservation that the command makes, if it makes one; `on`: of the one that it is for. */
  run(command: CommandStep, id: string, on: string): NaiveAnswer {
    if (command.kind === "hold") return this.#hold(command, id);
    const found = this.all.get(on);
    if (found === undefined) return { status: 404 };
    const status = this.statusOf(found);
    const isLive = LIVE.has(status);
    const refused: NaiveAnswer = { status: 409, state: status };
    const done = (changes: Partial<NaiveReservation>): NaiveAnswer => {
      Object.assign(found, changes);
      return { status: 200, reservation: this.view(found) };
    };
    switch (command.kind) {
      case "confirm":
        if (status !== "held") return refused;
        return done({ told: "confirmed", endMs: this.nowMs + command.holdMs });
      case "pick":
        return status === "confirmed" ? done({ told: "picked" }) : refused;
      case "release":
        return isLive && saleOf(found) === null ? done({ told: "released" }) : refused;
      case "short":
        if (!isLive || saleOf(found) !== null) return refused;
        for (const line of found.lines) line.quantity -= open(line);
        return done({ told: "short" });
      case "extend":
        return this.#extend(found, command, refused, done);
      case "transfer":
        return this.#transfer(found, command.to, id, refused);
      case "fulfil": {
        if (!isLive || saleOf(found) !== null) return refused;
        const lines = found.lines.filter((line) => open(line) > 0);
        const sale = {
          keptMs: this.nowMs + KEEP_FOR_SALE_MS,
          takenBefore: total(found, (line) => line.taken),
          units: total(found, open),
          lines: lines.map((line) => ({
            locationId: line.locationId,
            gtin: line.gtin,
            quantity: open(line),
          })),
        };
        return done({ sale });
      }
      default:
        return command satisfies never;
    }
  }

  /** The sale on its way, or null. */
  saleOf(id: string): NaiveReservation["sale"] {
    const found = this.all.get(id);
    return found === undefined ? null : saleOf(found);
  }

  refuseSale(id: string): void {
    const found = this.all.get(id);
    if (found !== undefined) found.sale = null;
  }

  #hold(command: Extract<CommandStep, { kind: "hold" }>, id: string): NaiveAnswer {
    const wanted = new Map<string, NaiveLine>();
    for (const { quantity, ...stock } of command.lines) {
      const known = wanted.get(keyOf(stock));
      if (known === undefined)
        wanted.set(keyOf(stock), { ...stock, requested: quantity, quantity: 0, taken: 0 });
      else known.requested += quantity;
    }
    const lines = [...wanted.values()];
    for (const line of lines) line.quantity = Math.min(line.requested, this.available(line));
    const isWhole = lines.every((line) => line.quantity === line.requested);
    if (!isWhole && (!command.partial || lines.every((line) => line.quantity === 0))) {
      return this.#shortfalls(lines.map((line) => ({ ...line, quantity: line.requested })));
    }
    const reservation = this.#add(id, {
      told: "held",
      createdMs: this.nowMs,
      endMs: this.nowMs + command.ttlSeconds * 1000,
      lines,
    });
    return { status: 201, reservation: this.view(reservation) };
  }

  #extend(
    found: NaiveReservation,
    command: Extract<CommandStep, { kind: "extend" }>,
    refused: NaiveAnswer,
    done: (changes: Partial<NaiveReservation>) => NaiveAnswer,
  ): NaiveAnswer {
    const status = this.statusOf(found);
    const hasLapsed = status === "expired";
    if (!LIVE.has(status) && !hasLapsed) return refused;
    let endMs = this.nowMs + command.holdMs;
    if (found.told === "held") {
      const lastMs = found.createdMs + MAX_LIFE_MS;
      if (lastMs <= this.nowMs) return refused;
      endMs = Math.min(lastMs, this.nowMs + command.ttlSeconds * 1000);
    }
    if (!hasLapsed) return done({ endMs });
    const wanted = found.lines.map((line) => ({ ...line, quantity: open(line) }));
    if (wanted.some((line) => line.quantity > this.available(line))) return this.#shortfalls(wanted);
    this.#places += 1;
    return done({ endMs, place: this.#places });
  }

  #transfer(found: NaiveReservation, to: string, id: string, refused: NaiveAnswer): NaiveAnswer {
    const status = this.statusOf(found);
    if (!LIVE.has(status) || saleOf(found) !== null) return refused;
    if (found.lines.every((line) => line.locationId === to)) return { status: 400 };
    const wanted: NaiveLine[] = [];
    for (const line of found.lines) {
      if (open(line) === 0) continue;
      const known = wanted.find((each) => each.gtin === line.gtin);
      if (known === undefined) {
        const units = open(line);
        wanted.push({ locationId: to, gtin: line.gtin, requested: units, quantity: units, taken: 0 });
      } else {
        known.requested += open(line);
        known.quantity += open(line);
      }
    }
    const own = (stock: Stock): number => total(found, (line) => (isSame(line, stock) ? open(line) : 0));
    const isThere = wanted.every((line) => line.quantity <= this.available(line) + own(line));
    if (!isThere) return this.#shortfalls(wanted, own);
    found.told = "transferred";
    const { createdMs, endMs } = found;
    const arrived = this.#add(id, { told: status, createdMs, endMs, lines: wanted });
    return { status: 200, reservation: this.view(arrived) };
  }

  #add(
    id: string,
    reservation: Pick<NaiveReservation, "told" | "createdMs" | "endMs" | "lines">,
  ): NaiveReservation {
    this.#places += 1;
    const added = { id, place: this.#places, sale: null, ...reservation };
    this.all.set(id, added);
    for (const one of this.unknown.filter((each) => each.id === id)) this.#take(added, one.stock, one.units);
    return added;
  }

  #take(reservation: NaiveReservation, stock: Stock, units: number): void {
    const line = reservation.lines.find((each) => isSame(each, stock));
    if (line !== undefined) line.taken += units;
  }

  #shortfalls(
    wanted: readonly (Stock & { quantity: number })[],
    own: (stock: Stock) => number = () => 0,
  ): NaiveAnswer {
    const missed = wanted
      .map((line) => ({
        locationId: line.locationId,
        gtin: line.gtin,
        requested: line.quantity,
        available: this.available(line) + own(line),
      }))
      .filter((line) => line.available < line.requested);
    return { status: 409, shortfalls: missed };
  }
}

function keyOf({ locationId, gtin }: Stock): string {
  return `${locationId} ${gtin}`;
}

function isSame(one: Stock, other: Stock): boolean {
  return one.locationId === other.locationId && one.gtin === other.gtin;
}

/** Units that are still to be handed over. */
function open(line: NaiveLine): number {
  return Math.max(0, line.quantity - line.taken);
}

function total(reservation: NaiveReservation, of: (line: NaiveLine) => number): number {
  return reservation.lines.reduce((units, line) => units + of(line), 0);
}

function isComplete(reservation: NaiveReservation): boolean {
  return total(reservation, open) === 0 && total(reservation, (line) => line.taken) > 0;
}

/** A sale is on its way until the ledger has taken as many units as it has. */
function saleOf(reservation: NaiveReservation): NaiveReservation["sale"] {
  const { sale } = reservation;
  if (sale === null) return null;
  return total(reservation, (line) => line.taken) >= sale.takenBefore + sale.units ? null : sale;
}

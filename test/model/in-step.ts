import { compareAnswer, type Expected, OutOfStep, same } from "./compare-answer.ts";
import { NaiveReservations } from "./naive-reservations.ts";
import { RealReservations, type Rules } from "./real-reservations.ts";
import { type CommandStep, GTINS, LOCATIONS, type Sender, START_MS, type Step, type Stock } from "./steps.ts";

/** What happened in the model's world, to be lived through again without what a crash lost. */
type Lived =
  | { kind: "command"; command: CommandStep; id: string; on: string; sender: Sender; entry: number | null }
  | { kind: "moved"; stock: Stock; quantity: number; reservationId: string }
  | { kind: "saleRefused"; on: string; entry: number | null }
  | { kind: "time"; nowMs: number };

type Awaited = { entry: number; expected: Expected; given: { status: number; text: string } | null };

const STOCKS: readonly Stock[] = LOCATIONS.flatMap((locationId) =>
  GTINS.map((gtin) => ({ locationId, gtin })),
);

/**
 * Lives through a history with the product's rules and with the naive ones, and compares them after every step: positions,
 * held and available units, every reservation, every answer, and after a crash what was acknowledged before it. @returns the
 * product's side at the end, with its log and ledger
 */
export async function runInStep(
  steps: readonly Step[],
  rules: Rules,
  idPrefix = "r",
): Promise<RealReservations> {
  const world = new World(rules, idPrefix);
  for (const step of steps) {
    await world.run(step);
    world.compare();
  }
  await world.run({ kind: "commit", count: Number.MAX_SAFE_INTEGER });
  for (const locationId of LOCATIONS) await world.run({ kind: "hear", locationId, count: 1000, times: 1 });
  world.compare();
  world.comparePositions();
  return world.real;
}

class World {
  readonly real: RealReservations;
  readonly #idPrefix: string;
  #naive = new NaiveReservations(START_MS);
  #keys = new Map<string, { text: string; expected: Expected }>();
  #lived: Lived[] = [];
  #heardUntil = new Map<string, number>();
  #ids: string[] = [];
  /** Entries of the log so far, and those that are durable. */
  #entries = 0;
  #durable = 0;
  #awaited: Awaited[] = [];
  #sent: { command: CommandStep; sender: Sender; on: string }[] = [];

  constructor(rules: Rules, idPrefix: string) {
    this.real = new RealReservations(rules);
    this.#idPrefix = idPrefix;
  }

  async run(step: Step): Promise<void> {
    switch (step.kind) {
      case "command":
        return await this.#command(
          step.command,
          step.sender,
          this.#idOf("on" in step.command ? step.command.on : 0),
        );
      case "repeat": {
        const earlier = this.#sent[step.of % Math.max(1, this.#sent.length)];
        if (earlier === undefined) return;
        const command = step.isOtherBody ? otherBody(earlier.command) : earlier.command;
        return await this.#command(command, earlier.sender, earlier.on);
      }
      case "receive":
        return this.real.move(step.stock, step.units, "");
      case "sell":
        return this.real.move(step.stock, -step.units, step.on === null ? "" : this.#idOf(step.on));
      case "saleArrives": {
        const on = this.#idOf(step.on);
        const lines = this.#naive.saleOf(on)?.lines ?? [];
        const isThere = this.real.ledger.some((one) => one.reservationId === on);
        if (!isThere) for (const { quantity, ...stock } of lines) this.real.move(stock, -quantity, on);
        return;
      }
      case "saleRefused":
        return this.#refuseSale(this.#idOf(step.on));
      case "hear":
        this.real.hear(step.locationId, step.count, step.times);
        this.#naiveHears(step.locationId, step.count);
        return this.#noteEntries();
      case "wait":
        this.real.wait(step.ms);
        this.#live({ kind: "time", nowMs: this.#naive.nowMs + step.ms });
        return this.#noteEntries();
      case "commit":
        return await this.#commit(step.count);
      case "crash":
        return await this.#crash(step.durable);
      default:
        return step satisfies never;
    }
  }

  compare(): void {
    this.real.book.advance(this.real.nowMs);
    for (const stock of STOCKS) {
      const name = `${stock.locationId} ${stock.gtin}`;
      same(`held at ${name}`, this.real.held(stock), this.#naive.held(stock));
      same(`available at ${name}`, this.real.available(stock), this.#naive.available(stock));
      const held = this.#naive.held(stock);
      same(`no less than nothing is held at ${name}`, Math.max(0, held), held);
    }
    for (const naive of this.#naive.all.values()) {
      const real = this.real.book.get(naive.id);
      if (real === undefined) throw new OutOfStep(`${naive.id} is not known`);
      const { status, lines } = this.#naive.view(naive);
      same(`status of ${naive.id}`, real.status, status);
      const risks = this.#naive.atRisk(naive);
      lines.forEach((line, index) => {
        const other = real.lines[index];
        const name = `line ${index} of ${naive.id}`;
        same(`units of ${name}`, other?.quantity, line.quantity);
        same(`units handed over of ${name}`, other?.fulfilled, line.fulfilled);
        same(`units at risk of ${name}`, other?.atRisk, risks[index]);
      });
    }
    for (const record of this.real.book.records()) {
      if (!this.#naive.all.has(record.told.reservationId)) {
        throw new OutOfStep(`${record.told.reservationId} was granted to nobody`);
      }
    }
  }

  /** When all has been heard, a position is the sum of its movements. */
  comparePositions(): void {
    for (const stock of STOCKS) {
      const sum = this.real.ledger
        .filter((one) => one.locationId === stock.locationId && one.gtin === stock.gtin)
        .reduce((units, one) => units + one.quantity, 0);
      same(
        `position at ${stock.locationId} ${stock.gtin}`,
        this.real.sellable(stock.locationId, stock.gtin),
        sum,
      );
    }
  }

  async #command(command: CommandStep, sender: Sender, on: string): Promise<void> {
    const id = `${this.#idPrefix}${this.#ids.length}`;
    if (command.kind === "hold" || command.kind === "transfer") this.#ids.push(id);
    this.#sent.push({ command, sender, on });
    const before = this.real.log.waiting;
    const given = this.real.send(command, id, on, sender);
    const entry = this.real.log.waiting > before ? this.#entries + 1 : null;
    this.#noteEntries();
    const expected = this.#live({ kind: "command", command, id, on, sender, entry });
    if (expected === null) return;
    const first = expected.isRepeat === true ? this.#entryOfKey(sender) : 0;
    const awaited: Awaited = { entry: entry ?? first, expected, given: null };
    this.#awaited.push(awaited);
    if (given instanceof Promise) {
      void given.then((answer) => {
        awaited.given = answer;
      });
    } else awaited.given = given;
    await settled();
    this.#checkAnswers();
  }

  /** A repeat is answered with the first, and so not before it is durable. */
  #entryOfKey({ caller, key }: Sender): number {
    const first = this.#lived.find(
      (one) =>
        one.kind === "command" &&
        one.command.kind !== "fulfil" &&
        one.entry !== null &&
        one.sender.key === key &&
        one.sender.caller === caller,
    );
    return key !== null && first?.kind === "command" ? (first.entry ?? 0) : 0;
  }

  #refuseSale(on: string): void {
    // Ingest says of a sale that it refused it, or has it: never both.
    if (this.#naive.saleOf(on) === null || this.real.ledger.some((one) => one.reservationId === on)) return;
    const before = this.real.log.waiting;
    this.real.refuseSale(on);
    const entry = this.real.log.waiting > before ? this.#entries + 1 : null;
    this.#noteEntries();
    this.#live({ kind: "saleRefused", on, entry });
  }

  /** The model hears of all movements up to the newest that came, in their order, once. */
  #naiveHears(locationId: string, count: number): void {
    if (count === 0) return;
    const movements = this.real.ledger.filter((one) => one.locationId === locationId);
    const from = this.#heardUntil.get(locationId) ?? 0;
    for (const { gtin, quantity, reservationId } of movements.slice(from)) {
      this.#live({ kind: "moved", stock: { locationId, gtin }, quantity, reservationId });
    }
    this.#heardUntil.set(locationId, movements.length);
  }

  async #commit(count: number): Promise<void> {
    const committed = Math.min(count, this.real.log.waiting);
    this.real.log.commit(count);
    this.#durable += committed;
    await settled();
    this.#checkAnswers();
    const unanswered = this.#awaited.find((one) => one.entry <= this.#durable && one.given === null);
    if (unanswered !== undefined)
      throw new OutOfStep(`entry ${unanswered.entry} is durable and not answered`);
  }

  async #crash(durable: number): Promise<void> {
    await settled();
    this.#checkAnswers();
    this.#durable += Math.min(durable, this.real.log.waiting);
    this.real.restart(durable);
    this.#entries = this.#durable;
    for (const locationId of LOCATIONS) this.#naiveHears(locationId, 1);
    // Nobody who was not answered by now will be.
    this.#awaited = [];
    // What made no entry changed nothing.
    const kept = this.#lived.filter(
      (one) =>
        one.kind === "moved" || one.kind === "time" || (one.entry !== null && one.entry <= this.#durable),
    );
    this.#naive = new NaiveReservations(START_MS);
    this.#keys = new Map();
    this.#lived = [];
    for (const one of kept) this.#live(one);
    this.#noteEntries();
  }

  /** Commits that nobody asked for: what follows from movements and time. */
  #noteEntries(): void {
    this.#entries = this.#durable + this.real.log.waiting;
  }

  /** @returns the answer to a command */
  #live(one: Lived): Expected | null {
    this.#lived.push(one);
    if (one.kind === "time") this.#naive.nowMs = one.nowMs;
    else if (one.kind === "moved") this.#naive.move(one.stock, one.quantity, one.reservationId);
    else if (one.kind === "saleRefused") this.#naive.refuseSale(one.on);
    else return this.#expect(one);
    return null;
  }

  #expect({ command, id, on, sender }: Extract<Lived, { kind: "command" }>): Expected {
    if (command.kind !== "hold" && !this.#naive.all.has(on)) return { status: 404, answer: null };
    const isKeyed = sender.key !== null && command.kind !== "fulfil";
    const key = `${sender.caller} ${sender.key}`;
    const text = JSON.stringify([command, command.kind === "hold" ? "" : on]);
    const known = isKeyed ? this.#keys.get(key) : undefined;
    if (known?.text === text) return { ...known.expected, isRepeat: true };
    if (known !== undefined) return { status: 422, answer: null };
    const answer = this.#naive.run(command, id, on);
    const expected: Expected = { status: answer.status, answer };
    // What can never be right is not kept: it may be mended and sent again.
    if (isKeyed && answer.status !== 400) this.#keys.set(key, { text, expected });
    return expected;
  }

  #checkAnswers(): void {
    for (const one of this.#awaited) {
      if (one.given === null) continue;
      if (one.entry > this.#durable)
        throw new OutOfStep(`entry ${one.entry} was answered before it was durable`);
      compareAnswer(one.expected, one.given);
    }
    this.#awaited = this.#awaited.filter((one) => one.given === null);
  }

  #idOf(on: number): string {
    return this.#ids[on % Math.max(1, this.#ids.length)] ?? "none";
  }
}

function otherBody(command: CommandStep): CommandStep {
  return command.kind === "hold"
    ? { ...command, ttlSeconds: command.ttlSeconds + 1 }
    : {
        kind: "hold",
        lines: [{ locationId: LOCATIONS[0], gtin: GTINS[0], quantity: 1 }],
        ttlSeconds: 60,
        partial: false,
      };
}

/** Promises that can go on have gone on. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 6; turn += 1) await Promise.resolve();
}

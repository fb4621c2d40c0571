import fc from "fast-check";

/** Few places and products, so that everything meets everything. */
export const LOCATIONS = ["north", "south"] as const;
export const GTINS = [96385074, 4006381333931] as const;
export const START_MS = Date.UTC(2026, 2, 1, 10);
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export type Stock = { locationId: string; gtin: number };
export type WishedLine = Stock & { quantity: number };

/** A command to the granting server. `on` picks a reservation among those that were ever asked for. */
export type CommandStep =
  | { kind: "hold"; lines: WishedLine[]; ttlSeconds: number; partial: boolean }
  | { kind: "confirm"; on: number; holdMs: number }
  | { kind: "extend"; on: number; ttlSeconds: number; holdMs: number }
  | { kind: "transfer"; on: number; to: string }
  | { kind: "release" | "pick" | "short" | "fulfil"; on: number };

/** Who sends a command, under which key; `key` null for none. */
export type Sender = { caller: string; key: string | null };

export type Step =
  | { kind: "command"; command: CommandStep; sender: Sender }
  /** An earlier command again: the same, or another body under the same key. */
  | { kind: "repeat"; of: number; isOtherBody: boolean }
  | { kind: "receive"; stock: Stock; units: number }
  /** At a till; `on`: it names a reservation. */
  | { kind: "sell"; stock: Stock; units: number; on: number | null }
  /** What a fulfilment published comes to the ledger, or is refused there. */
  | { kind: "saleArrives" | "saleRefused"; on: number }
  /** The newest `count` movements that the server has not heard come first, and all of them `times` times. */
  | { kind: "hear"; locationId: string; count: number; times: number }
  | { kind: "wait"; ms: number }
  /** So many of the group commits that wait reach the disk, and are answered. */
  | { kind: "commit"; count: number }
  /** The process dies. Of what waited, `durable` were on the disk already, and nobody was answered. */
  | { kind: "crash"; durable: number };

const stock = fc.record({ locationId: fc.constantFrom(...LOCATIONS), gtin: fc.constantFrom(...GTINS) });
const on = fc.nat(11);
const ttlSeconds = fc.constantFrom(1, 60, 900, 14_400);
const holdMs = fc.constantFrom(MINUTE_MS, 5 * HOUR_MS);
const line = fc
  .tuple(stock, fc.integer({ min: 1, max: 4 }))
  .map(([{ locationId, gtin }, quantity]) => ({ locationId, gtin, quantity }));

const command: fc.Arbitrary<CommandStep> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("hold" as const),
      lines: fc.array(line, { minLength: 1, maxLength: 4 }),
      ttlSeconds,
      partial: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("confirm" as const), on, holdMs }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("extend" as const), on, ttlSeconds, holdMs }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("transfer" as const), on, to: fc.constantFrom(...LOCATIONS) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constantFrom("release", "pick", "short", "fulfil"), on }),
  },
);

/** Few keys and two callers, so that keys meet: the same key of two callers is two keys. */
const sender: fc.Arbitrary<Sender> = fc.record({
  caller: fc.constantFrom("web", "app"),
  key: fc.option(
    fc.nat(14).map((n) => `key-${n}`),
    { nil: null, freq: 2 },
  ),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 14, arbitrary: fc.record({ kind: fc.constant("command" as const), command, sender }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("repeat" as const), of: fc.nat(11), isOtherBody: fc.boolean() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("receive" as const),
      stock,
      units: fc.integer({ min: 1, max: 5 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("sell" as const),
      stock,
      units: fc.integer({ min: 1, max: 3 }),
      on: fc.option(on, { nil: null }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom("saleArrives", "saleRefused"), on }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("hear" as const),
      locationId: fc.constantFrom(...LOCATIONS),
      count: fc.integer({ min: 1, max: 6 }),
      times: fc.integer({ min: 1, max: 2 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("wait" as const),
      ms: fc.constantFrom(1, 999, 1_000, MINUTE_MS, HOUR_MS, 5 * HOUR_MS),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("commit" as const), count: fc.nat(8) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("crash" as const), durable: fc.nat(3) }) },
);

const units = fc.integer({ min: 1, max: 3 });
const unkeyed = (asked: CommandStep): Step => ({
  kind: "command",
  command: asked,
  sender: { caller: "web", key: null },
});

/** What steps drawn one by one hardly ever come to: one that lapsed and is asked for anew beside another, or a sale refused late. */
const story: fc.Arbitrary<Step[]> = fc
  .record({
    stock,
    units,
    others: units,
    sold: units,
    ms: fc.constantFrom(1_000, HOUR_MS),
    isSale: fc.boolean(),
  })
  .map((drawn) => {
    const { locationId } = drawn.stock;
    const hold = (quantity: number): Step =>
      unkeyed({ kind: "hold", lines: [{ ...drawn.stock, quantity }], ttlSeconds: 1, partial: true });
    const extend = unkeyed({ kind: "extend", on: 0, ttlSeconds: 900, holdMs: MINUTE_MS });
    const wait: Step = { kind: "wait", ms: drawn.ms };
    if (drawn.isSale)
      return [
        hold(drawn.units),
        unkeyed({ kind: "fulfil", on: 0 }),
        wait,
        { kind: "saleRefused", on: 0 },
        extend,
        unkeyed({ kind: "release", on: 0 }),
      ];
    return [
      hold(drawn.units),
      wait,
      hold(drawn.others),
      extend,
      { kind: "sell", stock: drawn.stock, units: drawn.sold, on: null },
      { kind: "hear", locationId, count: 6, times: 1 },
    ];
  });

/** Histories begin with some stock that the server knows of; some go on with a story. */
export const historyArbitrary: fc.Arbitrary<Step[]> = fc
  .tuple(
    fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 4, maxLength: 4 }),
    fc.oneof({ weight: 3, arbitrary: fc.constant<Step[]>([]) }, { weight: 1, arbitrary: story }),
    fc.array(step, { minLength: 5, maxLength: 60 }),
  )
  .map(([received, told, steps]) => openingSteps(received).concat(told, steps));

function openingSteps(units: readonly number[]): Step[] {
  const places = LOCATIONS.flatMap((locationId) => GTINS.map((gtin) => ({ locationId, gtin })));
  const receipts = places.map(
    (place, index): Step => ({
      kind: "receive",
      stock: place,
      units: units[index] ?? 0,
    }),
  );
  const heard = LOCATIONS.map((locationId): Step => ({ kind: "hear", locationId, count: 6, times: 1 }));
  return [...receipts.filter((receipt) => receipt.kind === "receive" && receipt.units > 0), ...heard];
}

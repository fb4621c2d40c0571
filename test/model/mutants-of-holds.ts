import { type Mutant, bookWith, inEvents, plentiful } from "./mutant.ts";
import { RULES } from "./real-reservations.ts";

const HOUR_MS = 3_600_000;

/** Of what is granted, how long it lives, and where. */
export const HOLD_MUTANTS: readonly Mutant[] = [
  {
    rule: "never more is granted than is available at the grant",
    mistake: "the check is left out",
    rules: { hold: (context, wish, id) => RULES.hold(plentiful(context), wish, id) },
  },
  {
    rule: "never more is granted than is available at the grant",
    mistake: "one unit more is granted than there is",
    rules: { available: (sellable, held) => Math.max(0, sellable - held + (sellable > 0 ? 1 : 0)) },
  },
  {
    rule: "what is granted is not available to others, from the decision on",
    mistake: "holds are not taken off what is available",
    rules: { available: (sellable) => Math.max(0, sellable) },
  },
  {
    rule: "a decision and what is available to it are of one instant",
    mistake: "the clock is read again in between, and has gone on",
    rules: { availableAtMs: (decisionMs) => decisionMs + 1 },
  },
  {
    rule: "available is never less than nothing",
    mistake: "what is owed is offered as a negative number",
    rules: { available: (sellable, held) => sellable - held },
  },
  {
    rule: "lines of one product at one location are summed first",
    mistake: "each line is checked by itself",
    rules: {
      hold(context, wish, id) {
        const isEachThere = wish.lines.every(
          (line) => context.availableOf(line.locationId, Number(line.gtin), context.nowMs) >= line.quantity,
        );
        return RULES.hold(isEachThere ? plentiful(context) : context, wish, id);
      },
    },
  },
  {
    rule: "all or nothing, unless `partial`",
    mistake: "a part is granted to who wants all",
    rules: { hold: (context, wish, id) => RULES.hold(context, { ...wish, partial: true }, id) },
  },
  {
    rule: "with `partial` what there is is granted",
    mistake: "a part is refused to who would take it",
    rules: { hold: (context, wish, id) => RULES.hold(context, { ...wish, partial: false }, id) },
  },
  {
    rule: "a hold ends at its instant",
    mistake: "it counts one millisecond longer",
    rules: bookWith((book) => {
      const advance = book.advance.bind(book);
      const unitsAt = book.unitsAt.bind(book);
      return {
        advance: (nowMs) => advance(nowMs - 1),
        unitsAt: (locationId, gtin, atMs) => unitsAt(locationId, gtin, atMs - 1),
      };
    }),
  },
  {
    rule: "a hold ends at its instant",
    mistake: "it ends one millisecond too early",
    rules: {
      hold: (context, wish, id) =>
        inEvents(RULES.hold(context, wish, id), (event) => {
          const endMs = Date.parse(event.reservation.expiresAt ?? "") - 1;
          return {
            ...event,
            reservation: { ...event.reservation, expiresAt: new Date(endMs).toISOString() },
          };
        }),
    },
  },
  {
    rule: "an expired hold counts in no answer",
    mistake: "it counts until somebody sweeps",
    rules: bookWith((book) => {
      const unitsAt = book.unitsAt.bind(book);
      return { advance: () => undefined, unitsAt: (locationId, gtin) => unitsAt(locationId, gtin, 0) };
    }),
  },
  {
    rule: "only `held` expires by its time to live",
    mistake: "a confirmed one keeps the end that it had",
    rules: {
      confirm: (context, record, command, holdMs) =>
        RULES.confirm(
          context,
          record,
          { ...command, holdUntil: record.told.expiresAt ?? undefined! },
          holdMs,
        ),
    },
  },
  {
    rule: "only what is held can be confirmed",
    mistake: "what has expired is confirmed",
    rules: {
      confirm(context, record, command, holdMs) {
        const before = record.countsUntilMs;
        record.countsUntilMs = context.nowMs + HOUR_MS;
        const decision = RULES.confirm(context, record, command, holdMs);
        record.countsUntilMs = before;
        return decision;
      },
    },
  },
  {
    rule: "a hold lives at most 4 hours after its creation",
    mistake: "it can be extended for ever",
    rules: {
      extend(context, record, command, defaults) {
        const { told } = record;
        record.told = { ...told, createdAt: new Date(context.nowMs).toISOString() };
        const decision = RULES.extend(context, record, command, defaults);
        record.told = told;
        return decision;
      },
    },
  },
  {
    rule: "an extended hold that had lapsed is a new request",
    mistake: "it is revived without a check",
    rules: {
      extend: (context, record, command, defaults) =>
        RULES.extend(plentiful(context), record, command, defaults),
    },
  },
  {
    rule: "an extended hold that had lapsed is a new request",
    mistake: "it gets its old place before holds that came meanwhile",
    rules: {
      extend: (context, record, command, defaults) =>
        inEvents(RULES.extend(context, record, command, defaults), (event) => ({
          ...event,
          grantedOrdinal: record.grantedOrdinal,
        })),
    },
  },
  {
    rule: "a transfer is checked at the new location",
    mistake: "it is not",
    rules: {
      transfer: (context, record, command, id) => RULES.transfer(plentiful(context), record, command, id),
    },
  },
  {
    rule: "a transfer leaves the old location as it enters the new one",
    mistake: "it holds at both",
    rules: {
      transfer(context, record, command, id) {
        const decision = RULES.transfer(context, record, command, id);
        return inEvents(decision, (event) =>
          event.kind === "transferred"
            ? {
                ...event,
                reservation: {
                  ...event.reservation,
                  status: record.told.status,
                  expiresAt: record.told.expiresAt,
                },
              }
            : event,
        );
      },
    },
  },
];

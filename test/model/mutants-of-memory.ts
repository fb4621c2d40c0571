import type { UnitsTaken } from "../../domain/reservations/reservation-book.ts";
import { type Mutant, bookThatReads, bookWith, inEvents, PLENTY } from "./mutant.ts";
import { RULES } from "./real-reservations.ts";

/** Of what ends, what the ledger takes, what is repeated, and what a restart finds. */
export const MEMORY_MUTANTS: readonly Mutant[] = [
  {
    rule: "what is released is available again",
    mistake: "it goes on counting",
    rules: bookThatReads((event) =>
      event.kind === "released"
        ? {
            ...event,
            reservation: { ...event.reservation, status: "confirmed", holdUntil: "2027-01-01T00:00:00.000Z" },
          }
        : event,
    ),
  },
  {
    rule: "units that were not found are held no longer",
    mistake: "they go on counting",
    rules: { short: (context, record) => RULES.pick(context, record) },
  },
  {
    rule: "a hold falls in the step in which the ledger takes its units, once",
    mistake: "it falls twice",
    rules: {
      take(book, units) {
        book.take(units);
        book.take(units);
      },
    },
  },
  {
    rule: "a hold falls in the step in which the ledger takes its units, once",
    mistake: "it does not fall",
    rules: { take: () => undefined },
  },
  {
    rule: "a hold falls in the step in which the ledger takes its units, once",
    mistake: "it falls by all of it, however few were taken",
    rules: {
      take: (book, units) => book.take({ ...units, units: PLENTY }),
    },
  },
  {
    rule: "a hold counts until the ledger has the sale of its hand-over",
    mistake: "it expires on the way",
    rules: {
      fulfil: (context, record, command) =>
        inEvents(RULES.fulfil(context, record, command), (event) => ({
          ...event,
          sale: event.sale === null ? null : { ...event.sale, keptUntil: event.sale.occurredAt },
        })),
    },
  },
  {
    rule: "a sale that was refused leaves the hold as it was",
    mistake: "it is on its way for ever",
    rules: {
      saleRefused: (context, record, reason) =>
        inEvents(RULES.saleRefused(context, record, reason), (event) => ({ ...event, sale: record.sale })),
    },
  },
  {
    rule: "when stock is short, the newest hold is at risk",
    mistake: "the oldest is",
    rules: bookThatReads((event) => ({ ...event, grantedOrdinal: -event.grantedOrdinal })),
  },
  {
    rule: "what stock does not cover is at risk",
    mistake: "nobody is told",
    rules: bookWith(() => ({ stockChanged: () => undefined })),
  },
  {
    rule: "a movement counts once, in its order",
    mistake: "one that comes twice counts twice",
    rules: {
      hear(follower, movements) {
        follower.take(movements);
        return [...movements];
      },
    },
  },
  {
    rule: "a movement counts once, in its order",
    mistake: "one that comes late is lost",
    rules: {
      hear: (follower, movements) => follower.take(movements).slice(0, 1),
    },
  },
  {
    rule: "a key is one caller's own",
    mistake: "two callers share their keys",
    rules: { keyScope: () => "everybody" },
  },
  {
    rule: "a key with another body is refused",
    mistake: "it gets the first answer",
    rules: { requestHash: () => "the same" },
  },
  {
    rule: "the same key gets the first answer, after a restart too",
    mistake: "a restart forgets the keys",
    rules: { recoverKeys: () => [] },
  },
  {
    rule: "the same key gets the first answer, refusals too",
    mistake: "a restart forgets refusals",
    rules: { recoverKeys: (rows) => rows.filter((row) => row.kind !== "refused") },
  },
  {
    rule: "nobody is answered before it is durable",
    mistake: "the answer goes out first",
    rules: { answersEarly: true },
  },
  {
    rule: "a restart finds what the ledger took",
    mistake: "it holds again what was handed over",
    rules: { recoverTaken: () => [] },
  },
  {
    rule: "a restart finds what the ledger took",
    mistake: "only the last sale is taken off",
    rules: { recoverTaken: (taken: UnitsTaken[]) => taken.slice(-1) },
  },
];

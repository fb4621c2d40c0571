import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decideIdentify, decideMerge, decideUnmerge } from "./customer-decisions.ts";
import type { CustomerEvent } from "./customer-event.ts";
import { CustomerGraph } from "./customer-graph.ts";
import type { Identifier } from "./identifier.ts";

const AT = "2026-06-01T12:00:00.000Z";
const RECORDS = 7;
const IDENTIFIERS = 6;

const idOf = (n: number) => `cus_${n.toString(16).padStart(32, "0")}`;
const loyalty = (n: number): Identifier => ({ kind: "loyalty", source: "", value: `L-${n}` });
const timeOf = (n: number) => new Date(Date.parse(AT) + n).toISOString();

const record = fc.integer({ min: 0, max: RECORDS - 1 });
const commandArbitrary = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("merge" as const), a: record, b: record }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("unmerge" as const), nth: fc.nat(20) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("identify" as const),
      identifiers: fc.uniqueArray(fc.integer({ min: 0, max: IDENTIFIERS - 1 }), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("consent" as const),
      a: record,
      isGranted: fc.boolean(),
      at: fc.nat(3),
    }),
  },
);
type Command = typeof commandArbitrary extends fc.Arbitrary<infer Value> ? Value : never;

function fold(events: readonly CustomerEvent[]): CustomerGraph {
  const graph = new CustomerGraph();
  for (const event of events) graph.apply(event);
  return graph;
}

/** The events that commands come to, and the merges among them. */
function play(commands: readonly Command[]) {
  const events: CustomerEvent[] = Array.from({ length: RECORDS }, (_, n) => ({
    kind: "created",
    customerId: idOf(n),
    at: timeOf(n),
  }));
  const graph = fold(events);
  const mergeIds: string[] = [];
  let made = RECORDS;
  const ids = {
    customerId: () => {
      made += 1;
      return idOf(made);
    },
    mergeId: () => {
      mergeIds.push(`m${mergeIds.length}`);
      return mergeIds.at(-1)!;
    },
  };
  const decide = (command: Exclude<Command, { kind: "consent" }>) => {
    switch (command.kind) {
      case "merge":
        return decideMerge(
          graph,
          { customerId: idOf(command.a), otherId: idOf(command.b), note: "", at: AT },
          ids,
        );
      case "unmerge": {
        const mergeId = mergeIds[command.nth % Math.max(1, mergeIds.length)] ?? "m0";
        const merge = events.find((event) => event.kind === "merged" && event.mergeId === mergeId);
        const customerId = merge?.kind === "merged" ? merge.customerId : idOf(0);
        return decideUnmerge(graph, { customerId, mergeId, at: AT });
      }
      case "identify":
        return decideIdentify(
          graph,
          { customerId: null, identifiers: command.identifiers.map(loyalty), at: timeOf(100 + made) },
          ids,
        );
      default:
        return command satisfies never;
    }
  };
  for (const command of commands) {
    const step: readonly CustomerEvent[] = (() => {
      if (command.kind !== "consent") {
        const decided = decide(command);
        return decided.ok ? decided.value.events : [];
      }
      const { a, isGranted, at } = command;
      return [
        { kind: "consented", customerId: idOf(a), purpose: "news", isGranted, source: "web", at: timeOf(at) },
      ];
    })();
    for (const event of step) graph.apply(event);
    events.push(...step);
  }
  return { events, graph, mergeIds };
}

const recordsIn = (events: readonly CustomerEvent[]) =>
  events.flatMap((event) => (event.kind === "created" ? [event.customerId] : []));

/** Who is whom, and what each is known by and agreed to. */
function beliefOf(graph: CustomerGraph, events: readonly CustomerEvent[]) {
  return recordsIn(events).map((one) => ({
    record: one,
    person: graph.personOf(one),
    identifiers: graph.identifiersOf(graph.recordsOf(one)).map(({ identifier }) => identifier.value),
    consents: graph.consentsOf(graph.recordsOf(one)),
  }));
}

/** The same again without a graph: labels that spread along merges in force until nothing changes. */
function naivePersons(events: readonly CustomerEvent[]): Map<string, string> {
  const age = new Map(recordsIn(events).map((one, index) => [one, index]));
  const undone = new Set(events.flatMap((event) => (event.kind === "unmerged" ? [event.mergeId] : [])));
  const label = new Map(recordsIn(events).map((one) => [one, one]));
  for (let isSpreading = true; isSpreading; ) {
    isSpreading = false;
    for (const event of events) {
      if (event.kind !== "merged" || undone.has(event.mergeId)) continue;
      const [a, b] = [label.get(event.customerId)!, label.get(event.otherId)!];
      if (a === b) continue;
      isSpreading = true;
      const oldest = age.get(a)! < age.get(b)! ? a : b;
      label.set(event.customerId, oldest);
      label.set(event.otherId, oldest);
    }
  }
  return label;
}

const histories = fc.array(commandArbitrary, { maxLength: 40 });

describe("merges of customers, over random histories", () => {
  test("a person is what hangs together by merges in force, circles or not", () => {
    fc.assert(
      fc.property(histories, (commands) => {
        const { events, graph } = play(commands);
        const naive = naivePersons(events);
        for (const [one, person] of naive) expect(graph.personOf(one)).toBe(person);
      }),
    );
  });

  test("a merge that is taken back leaves what there would be had it never been, whatever came after it", () => {
    fc.assert(
      fc.property(histories, fc.nat(20), (commands, nth) => {
        const { events, mergeIds } = play(commands);
        const mergeId = mergeIds[nth % Math.max(1, mergeIds.length)];
        fc.pre(mergeId !== undefined);
        const takenBack = fold([...events, { kind: "unmerged", mergeId, at: AT }]);
        const without = events.filter((event) => !("mergeId" in event) || event.mergeId !== mergeId);
        expect(beliefOf(takenBack, events)).toEqual(beliefOf(fold(without), events));
      }),
    );
  });

  test("the order of merges and of what is taken back does not matter", () => {
    fc.assert(
      fc.property(histories, fc.array(fc.nat(1000), { minLength: 60, maxLength: 60 }), (commands, lots) => {
        const { events, graph } = play(commands);
        const rank = new Map(events.map((event, index) => [event, lots[index % lots.length]! + index / 1e6]));
        const shuffled = (kinds: readonly string[]) =>
          events.filter(({ kind }) => kinds.includes(kind)).sort((a, b) => rank.get(a)! - rank.get(b)!);
        const others = events.filter(({ kind }) => !["merged", "unmerged", "consented"].includes(kind));
        const again = fold([...others, ...shuffled(["merged", "consented"]), ...shuffled(["unmerged"])]);
        const plain = (belief: ReturnType<typeof beliefOf>) =>
          belief.map(({ consents, ...rest }) => ({
            ...rest,
            consents: consents.map((one) => one.isGranted),
          }));
        expect(plain(beliefOf(again, events))).toEqual(plain(beliefOf(graph, events)));
      }),
    );
  });

  test("each identifier leads to one person, and each record is counted in one", () => {
    fc.assert(
      fc.property(histories, (commands) => {
        const { events, graph } = play(commands);
        const persons = new Set(recordsIn(events).map((one) => graph.personOf(one)!));
        const counted = [...persons].flatMap((person) => graph.recordsOf(person));
        expect(counted.toSorted()).toEqual(recordsIn(events).toSorted());
        const identifiers = [...persons].flatMap((person) =>
          graph.identifiersOf(graph.recordsOf(person)).map(({ identifier }) => identifier.value),
        );
        expect(new Set(identifiers).size).toBe(identifiers.length);
      }),
    );
  });

  test("an identifier stays with the record that had it first, though two writers gave it away at once", () => {
    const events: CustomerEvent[] = [0, 1].flatMap((n) => [
      { kind: "created", customerId: idOf(n), at: timeOf(n) },
      { kind: "identified", customerId: idOf(n), identifier: loyalty(0), at: timeOf(n) },
    ]);
    expect(fold(events).ownerOf(loyalty(0))).toBe(idOf(0));
  });

  test("what was taken back is not merged again by identifiers alone, only by somebody who says so", () => {
    const { events, graph, mergeIds } = play([
      { kind: "identify", identifiers: [0] },
      { kind: "identify", identifiers: [1] },
      { kind: "identify", identifiers: [0, 1] },
      { kind: "unmerge", nth: 0 },
      { kind: "identify", identifiers: [0, 1] },
    ]);
    expect(mergeIds).toHaveLength(1);
    const [one, other] = [graph.ownerOf(loyalty(0))!, graph.ownerOf(loyalty(1))!];
    expect(graph.personOf(one)).not.toBe(graph.personOf(other));
    const ids = { customerId: () => "", mergeId: () => "m9" };
    const wish = { customerId: one, identifiers: [loyalty(0), loyalty(1)], at: AT };
    expect(decideIdentify(fold(events), wish, ids)).toMatchObject({ ok: false, code: "customer_kept_apart" });
    expect(decideMerge(graph, { customerId: one, otherId: other, note: "", at: AT }, ids)).toMatchObject({
      value: { events: [{ kind: "merged" }] },
    });
  });
});

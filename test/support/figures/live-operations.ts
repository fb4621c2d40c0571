import { formatRate, formatSeconds, formatWhole } from "../../../dashboard/src/format/number.ts";
import type { DeadLetter, DeadLetterGroup } from "../../../domain/api/dead-letters.ts";
import type { ReaderWithHealth } from "../../../domain/api/master-data-answers.ts";
import type { Pipeline } from "../../../domain/api/pipeline.ts";
import type { LocationCheck, Reconciliation } from "../../../domain/api/reconciliation.ts";
import type { LiveContext } from "./live-context.ts";
import { type LiveTable, liveTable, pageOf } from "./live-table.ts";

const readersAsked =
  (isOf: (reader: ReaderWithHealth, id: string | undefined) => boolean) =>
  async (context: LiveContext, [id]: readonly string[]) =>
    (await pageOf<ReaderWithHealth>(() => "/v1/readers")(context, [])).filter((reader) => isOf(reader, id));

const heard = ({ health }: ReaderWithHealth, { age }: LiveContext) => age(health?.lastHeardAt ?? null);

const readers = liveTable<ReaderWithHealth>({
  label: "Readers",
  on: /^\/readers$/,
  asks: readersAsked(() => true),
  cells: {
    Reader: null,
    Status: null,
    "Last heard": heard,
    "Reads per second": ({ health }) => formatRate(health?.readsPerSecond ?? 0),
    Reads: ({ health }) => formatWhole(health?.reads ?? 0),
    Rejected: ({ health }) => formatWhole(health?.rejected ?? 0),
    Antennas: null,
    Actions: null,
  },
});

/** How many are heard is the page's own reading of their health: here it is said anew, from the answer. */
const readerSums: LiveTable = {
  label: "All readers",
  on: /^\/readers$/,
  heads: ["Figure", "Value"],
  async lines(context) {
    const all = await pageOf<ReaderWithHealth>(() => "/v1/readers")(context, []);
    const of = (...statuses: string[]) =>
      formatWhole(
        all.filter(({ isAssigned, health }) => isAssigned && statuses.includes(health?.status ?? "offline"))
          .length,
      );
    const sum = (pick: (health: NonNullable<ReaderWithHealth["health"]>) => number) =>
      all.reduce((total, { health }) => total + (health === null ? 0 : pick(health)), 0);
    return [
      ["Online", `${of("online", "unassigned")} of ${formatWhole(all.length)}`],
      ["Silent or offline", `${of("silent", "offline")} readers`],
      ["To assign", `${formatWhole(all.filter(({ isAssigned }) => !isAssigned).length)} readers`],
      ["To look at", null],
      ["Reads", `${formatRate(sum(({ readsPerSecond }) => readsPerSecond))} per second`],
      ["Rejected", `${formatWhole(sum(({ rejected }) => rejected))} in all`],
    ];
  },
};

const locationReaders = liveTable<ReaderWithHealth>({
  label: "Readers",
  on: /^\/locations\/([^/]+)$/,
  asks: readersAsked(({ locationId }, id) => locationId === id),
  cells: {
    Reader: null,
    Status: null,
    "Reads per second": ({ health }) => (health === null ? "–" : formatRate(health.readsPerSecond)),
    "Last heard": heard,
  },
});

const letters = liveTable<DeadLetter>({
  label: "Dead letters",
  on: /^\/dead-letters$/,
  asks: pageOf(() => "/v1/dead-letters?state=open&limit=50"),
  cells: {
    Message: null,
    Reason: ({ code, detail }) => `${code}${detail}`,
    Came: ({ arrivals }) => `${formatWhole(arrivals)} ×`,
    Last: ({ receivedAt }, { age }) => age(receivedAt),
    State: null,
    Look: null,
  },
});

const letterGroups = liveTable<DeadLetterGroup>({
  label: "Letters alike",
  on: /^\/dead-letters$/,
  asks: pageOf(() => "/v1/dead-letters/groups"),
  cells: { Letters: (group) => formatWhole(group.letters), Code: ({ code }) => code },
});

const checks = (label: string, ofWhat: "locations" | "history", last: readonly string[]): LiveTable => ({
  label,
  on: /^\/ledger-check$/,
  heads: ["Location", "Outcome", "Positions", "Held products", "Differences", "Checked", ...last],
  async lines({ ask, age }) {
    const answer = await ask<Reconciliation>("GET", "/v1/reconciliation");
    return answer[ofWhat].map((each: LocationCheck) => [
      null,
      null,
      formatWhole(each.positions),
      formatWhole(each.heldProducts),
      formatWhole(each.differences),
      age(each.checkedAt),
    ]);
  },
});

const checkSums: LiveTable = {
  label: "The check as a whole",
  on: /^\/ledger-check$/,
  heads: ["Figure", "Value"],
  async lines({ ask, age }) {
    const { locations, lastFullPassAt } = await ask<Reconciliation>("GET", "/v1/reconciliation");
    const sum = (of: (each: LocationCheck) => number) =>
      formatWhole(locations.reduce((total, each) => total + of(each), 0));
    return [
      ["Positions compared", sum(({ positions }) => positions)],
      ["Differences", sum(({ outcome, differences }) => (outcome === "equal" ? 0 : differences))],
      ["Last full pass", lastFullPassAt === null ? "not yet" : age(lastFullPassAt)],
    ];
  },
};

const pipeline = liveTable<Pipeline["figures"][number]>({
  label: "Pipeline",
  on: /^\/pipeline$/,
  asks: async ({ ask }) => (await ask<Pipeline>("GET", "/v1/pipeline")).figures,
  cells: {
    Metric: ({ metric }) => metric,
    Now: ({ figure, kind, values }) => {
      const now = values.at(-1) ?? null;
      if (now === null) return "–";
      if (kind === "flag") return now === 1 ? "Yes" : "No";
      if (figure === "ingestLagSeconds") return formatSeconds(now);
      return kind === "rate" ? formatRate(now) : formatWhole(now);
    },
  },
});

/** The lists of live pages of readers, messages and checks. */
export const LIVE_OPERATIONS: readonly LiveTable[] = [
  readers,
  readerSums,
  locationReaders,
  letters,
  letterGroups,
  checks("Locations", "locations", ["Check"]),
  checks("What was found", "history", []),
  checkSums,
  pipeline,
];

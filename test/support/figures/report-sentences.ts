import { formatPeriod } from "../../../dashboard/src/format/day.ts";
import { formatFigure, numberOf } from "../../../dashboard/src/format/figure.ts";
import { type CellPick, cellOf } from "../../../dashboard/src/reports/cell-of.ts";
import type { ReportAnswer, ReportRow, ReportUnit } from "../../../domain/reports/report.ts";

/** `place`: the name of a location. */
type Figure = (answer: ReportAnswer, place: (id: string) => string) => string;

const of =
  (pick: CellPick, unit: ReportUnit): Figure =>
  ({ rows, currency }) =>
    formatFigure(cellOf(pick)(rows), unit, currency);
const count = (pick: CellPick) => of(pick, "count");
const share = (pick: CellPick) => of(pick, "share");
const money = (pick: CellPick) => of(pick, "money");
const ratio = (pick: CellPick) => of(pick, "ratio");
const minutes = (pick: CellPick) => of(pick, "minutes");

const PLAIN = { comparison: "plain" };
const MATCHED = { comparison: "matched" };
const CAUSES = {
  not_found: "not found",
  damaged: "damaged",
  sold_in_store: "sold in the store",
  late: "too late",
  system: "store closed, carrier or system",
};

/** The cause with the most lines of a row; a dash without any. */
export function mostFrequentCause(row: ReportRow | undefined): string {
  const [first] = Object.entries(CAUSES).toSorted(
    ([a], [b]) => Number(row?.[b] ?? 0) - Number(row?.[a] ?? 0),
  );
  return first === undefined || Number(row?.[first[0]] ?? 0) === 0 ? "–" : first[1];
}
const lastMonthOver = ({ rows }: ReportAnswer) =>
  rows.findLast((row) => numberOf(row["kept_share"]) !== null);

/** Counted locations, the least right first. */
const leastRight = ({ rows }: ReportAnswer) =>
  rows
    .filter((row) => numberOf(row["exact_accuracy"]) !== null)
    .toSorted((a, b) => Number(a["exact_accuracy"]) - Number(b["exact_accuracy"]));

/** A sentence of the pages of reports, and which cells of which report (asked `by`) its figures are, said a second time. */
type Sentence = { says: string; report: string; by?: "location"; figures: Readonly<Record<string, Figure>> };

export const REPORT_SENTENCES: readonly Sentence[] = [
  {
    says: "A customer has brought {{mean}} so far; half of them brought less than {{median}}.",
    report: "customer-value",
    figures: { mean: money("mean_revenue"), median: money("median_revenue") },
  },
  {
    says: "Those of two or more channels brought {{several}}, {{times}} times the {{one}} of those of one.",
    report: "omnichannel-value-matched",
    figures: {
      several: money({ column: "several_channels_mean", where: PLAIN }),
      times: ratio({ column: "ratio", where: PLAIN }),
      one: money({ column: "one_channel_mean", where: PLAIN }),
    },
  },
  {
    says: "Compared like with like it is {{times}} times ({{low}} to {{high}}).",
    report: "omnichannel-value-matched",
    figures: {
      times: ratio({ column: "ratio", where: MATCHED }),
      low: ratio({ column: "ratio_lower", where: MATCHED }),
      high: ratio({ column: "ratio_upper", where: MATCHED }),
    },
  },
  {
    says: "In the next 12 months a customer is expected to bring {{mean}}: an estimate, not yet spent.",
    report: "predicted-value",
    figures: { mean: money({ column: "mean_value", where: { measure: "revenue" } }) },
  },
  {
    says: "A model's expectation of {{day}}, discounted by 1 % a month. Nobody has spent it. Of all customers: filters do not change it.",
    report: "predicted-value",
    figures: {
      day: ({ rows }) =>
        formatFigure(rows.find((row) => row["measure"] === "revenue")?.["as_of"], "date", null),
    },
  },
  {
    says: "{{share}} of the customers bought more than once.",
    report: "repeat-purchase",
    figures: { share: share("repeat_rate") },
  },
  {
    says: "Who comes back does so after {{time}}, half of the times.",
    report: "purchase-frequency",
    figures: { time: of("days_between_purchases", "days") },
  },
  {
    says: "{{share}} of those who were customers when {{month}} began still were when it ended.",
    report: "retention",
    figures: {
      share: (answer) => formatFigure(lastMonthOver(answer)?.["kept_share"], "share", null),
      month: (answer) => formatPeriod(String(lastMonthOver(answer)?.["month"]), "month"),
    },
  },
  {
    says: "A customer is who bought within {{days}} days before. The rate also counts who came back after a pause; the share who stayed does not. In the first {{days}} days of all data nobody can have gone yet. A month that is not over has no figure.",
    report: "retention",
    figures: { days: ({ parameters }) => String(parameters["activeDays"]) },
  },
  {
    says: "Who was a customer {{days}} days ago, and bought since. Who stays longer has more time to use a second channel, so it does not say that a second channel makes people stay.",
    report: "retention-by-channels",
    figures: { days: ({ parameters }) => String(parameters["activeDays"]) },
  },
  {
    says: "{{several}} of the customers of several channels stayed, {{one}} of those of one.",
    report: "retention-by-channels",
    figures: { several: share("several_channels_retention"), one: share("one_channel_retention") },
  },
  {
    says: "Matched: {{broken}} did not come back after a broken promise, {{kept}} after a kept one.",
    report: "broken-promise-churn",
    figures: {
      broken: share({ column: "broken_churn", where: MATCHED }),
      kept: share({ column: "kept_churn", where: MATCHED }),
    },
  },
  {
    says: "{{collected}} of {{closed}} pickups were collected ({{share}}).",
    report: "pickup-service",
    figures: { collected: count("collected"), closed: count("closed"), share: share("completion") },
  },
  {
    says: "Half were ready within {{time}}, nine of ten within {{longer}}.",
    report: "pickup-service",
    figures: { time: minutes("to_ready_p50"), longer: minutes("to_ready_p90") },
  },
  {
    says: "{{share}} were ready when promised.",
    report: "pickup-service",
    figures: { share: share("ready_on_time_rate") },
  },
  {
    says: "{{share}} of the promised lines were not given, most often because they were {{cause}}.",
    report: "disappointment",
    figures: { share: share("disappointment_rate"), cause: ({ rows: [row] }) => mostFrequentCause(row) },
  },
  {
    says: "{{lines}} of {{promised}} promised lines, of pickups and deliveries; {{substituted}} of them got another product.",
    report: "disappointment",
    figures: {
      lines: count("disappointed_lines"),
      promised: count("promised_lines"),
      substituted: count("substituted"),
    },
  },
  {
    says: "{{share}} of what was ordered online and came back was brought to a store.",
    report: "returns-anywhere",
    figures: { share: share("in_store_share") },
  },
  {
    says: "Half of what came back could be sold again within {{time}}.",
    report: "returns-anywhere",
    figures: { time: minutes("to_sellable_p50") },
  },
  {
    says: "{{misses}} times a store did not have what somebody wanted; {{share}} of them got it from another place.",
    report: "saved-sales",
    figures: { misses: count("misses"), share: share("saved_share") },
  },
  {
    says: "{{count}} lines came back over the counter in all, {{exchanges}} of them against something else. Nine of ten that could be sold again could be within {{time}}.",
    report: "returns-anywhere",
    figures: {
      count: count("returns_in_store"),
      exchanges: count("exchanges"),
      time: minutes("to_sellable_p90"),
    },
  },
  {
    says: "{{sales}} of net sales and {{orders}} of orders are placed online.",
    report: "online-share",
    figures: { sales: share("online_sales_share"), orders: share("online_order_share") },
  },
  {
    says: "{{share}} of the offers that were redeemed had been issued in another channel.",
    report: "cross-channel-offers",
    figures: { share: share("cross_channel_share") },
  },
  {
    says: "{{shared}} orders are the work of both; {{saved}} were saved by a store that had none left.",
    report: "shared-credit",
    figures: { shared: count("shared_orders"), saved: count("saved_orders") },
  },
  {
    says: "The book was exactly right for {{share}} of {{lines}} counted products.",
    report: "count-accuracy",
    figures: { share: share("exact_accuracy"), lines: count("lines") },
  },
  {
    says: "It can be trusted least at {{place}}: {{share}}.",
    report: "count-accuracy",
    by: "location",
    figures: {
      place: (answer, place) => place(String(leastRight(answer)[0]?.["group"])),
      share: (answer) => formatFigure(leastRight(answer)[0]?.["exact_accuracy"], "share", null),
    },
  },
  {
    says: "That may be chance: the 95 % intervals of {{count}} out of {{others}} others overlap its own.",
    report: "count-accuracy",
    by: "location",
    figures: {
      count(answer) {
        const [worst, ...others] = leastRight(answer);
        const upper = Number(worst?.["exact_accuracy_upper"]);
        return String(others.filter((row) => Number(row["exact_accuracy_lower"]) <= upper).length);
      },
      others: (answer) => String(leastRight(answer).length - 1),
    },
  },
  {
    says: "Right within {{tolerance}}",
    report: "count-accuracy",
    figures: {
      tolerance: ({ parameters }) => formatFigure(Number(parameters["tolerance"] ?? 1), "units", null),
    },
  },
  {
    says: "Nine of ten products were proved by something physical within {{age}}.",
    report: "age-of-truth",
    figures: { age: of("age_p90", "hours") },
  },
  {
    says: "{{units}} units are on the book though nobody has seen them while their neighbours were seen: {{money}} at list price.",
    report: "ghost-stock",
    figures: { units: of("ghost_units", "units"), money: money("price_at_stake") },
  },
  {
    says: "The first {{most}} of {{all}}; the report has them all.",
    report: "ghost-stock-lines",
    figures: { most: () => "20", all: ({ n }) => formatFigure(n, "count", null) },
  },
  {
    says: "On {{share}} of product days there was something to sell.",
    report: "stock-outs",
    figures: { share: share("in_stock_rate") },
  },
  {
    says: "Of what stores have, shoppers can see {{share}} now; {{count}} products lie in the back only.",
    report: "shelf-availability",
    figures: { share: share("shelf_availability"), count: count("backroom_only_skus") },
  },
  {
    says: "{{units}} units were sold and {{received}} received.",
    report: "sell-through",
    figures: { units: of("sold_units", "units"), received: of("received_units", "units") },
  },
  {
    says: "What is on hand lasts {{days}} at this pace.",
    report: "inventory-turns",
    figures: { days: of("days_of_supply", "days") },
  },
];

/** As the page says it, with the figures of an answer. */
export function say(
  { says, figures }: Sentence,
  answer: ReportAnswer,
  place: (id: string) => string,
): string {
  return says.replaceAll(/{{(\w+)}}/g, (_, name: string) => figures[name]?.(answer, place) ?? "");
}

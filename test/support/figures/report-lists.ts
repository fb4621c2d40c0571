import { formatPeriod } from "../../../dashboard/src/format/day.ts";
import { formatFigure, formatShortFigure, numberOf } from "../../../dashboard/src/format/figure.ts";
import { formatRate } from "../../../dashboard/src/format/number.ts";
import type { ReportAnswer, ReportRow, ReportUnit } from "../../../domain/reports/report.ts";
import { mostFrequentCause } from "./report-sentences.ts";

/** How a line's cell is written. `place`: the name of a location. */
type Write = (row: ReportRow, answer: ReportAnswer, place: (id: string) => string) => string;
type Lines = (answer: ReportAnswer, place: (id: string) => string) => string[][];

const of =
  (column: string, unit: ReportUnit): Write =>
  (row, { currency }) =>
    formatFigure(row[column], unit, currency);
const count = (column: string) => of(column, "count");
const share = (column: string) => of(column, "share");
const money = (column: string) => of(column, "money");
const minutes = (column: string) => of(column, "minutes");
const place =
  (column: string): Write =>
  (row, _, nameOf) =>
    nameOf(String(row[column]));
const word =
  (column: string, words: Readonly<Record<string, string>>): Write =>
  (row) =>
    words[String(row[column])] ?? String(row[column]);

/** The interval that a share lies in. */
const within =
  (column: string): Write =>
  (row) =>
    `${formatFigure(row[`${column}_lower`], "share", null)} to ${formatFigure(row[`${column}_upper`], "share", null)}`;

/** A line of each row. */
const rowsAs =
  (...columns: Write[]): Lines =>
  (answer, nameOf) =>
    answer.rows.map((row) => columns.map((write) => write(row, answer, nameOf)));

/** Lines that are made of the only row, each of a name and cells. */
const rowAs =
  (...lines: [name: string, ...cells: Write[]][]): Lines =>
  (answer, nameOf) =>
    answer.rows
      .slice(0, 1)
      .flatMap((row) =>
        lines.map(([name, ...cells]) => [name].concat(cells.map((write) => write(row, answer, nameOf)))),
      );

const nothing: Write = () => "";
const ofTheFirst =
  (column: string): Write =>
  (row) =>
    row[column] === null ? "" : `${formatFigure(row[column], "share", null)} of the first`;

const ofTheDisappointed =
  (column: string): Write =>
  (row) =>
    formatFigure(Number(row[column]) / Number(row["disappointed_lines"]), "share", null);

/** A comparison with its interval, as a plot shows it. */
function estimate(
  label: Write,
  size: Write,
  [value, low, high]: readonly [string, string, string],
  write: (cell: ReportRow[string] | undefined) => string,
): Lines {
  return rowsAs(
    (row, ...rest) => `${label(row, ...rest)} ${size(row, ...rest)}`,
    (row) => write(row[value]),
    (row) =>
      numberOf(row[low]) === null || numberOf(row[high]) === null
        ? "no interval"
        : `95% interval: ${write(row[low])} to ${write(row[high])}`,
  );
}

const ratio = (cell: ReportRow[string] | undefined) => formatFigure(cell, "ratio", null);
const points = (cell: ReportRow[string] | undefined) => {
  const value = numberOf(cell);
  return value === null ? "–" : `${formatRate(value * 100)} pp`;
};
const likeWithLike = word("comparison", { matched: "Matched: like with like", plain: "Plain: all with all" });
const isMatched = (row: ReportRow) => row["comparison"] === "matched";
const sizes =
  (
    write: (first: string, second: string) => string,
    plain: [string, string],
    matched: [string, string],
  ): Write =>
  (row, ...rest) => {
    const [first, second] = (isMatched(row) ? matched : plain).map((column) => count(column)(row, ...rest));
    return write(first ?? "", second ?? "");
  };
const both = (first: string, second: string) => `n = ${first} and ${second}`;

const STAGES = {
  placed: "Placed",
  accepted: "Taken on by the store",
  ready: "Ready",
  collected: "Collected",
};
const ENDS = {
  no_show: "nobody came",
  cancelled: "cancelled",
  short: "nothing was found",
  open: "still on their way",
};
const CHANNELS = {
  store: "Store",
  web: "Web",
  app: "App",
  phone: "Phone",
  social: "Social",
  kiosk: "Kiosk",
  marketplace: "Marketplace",
};

/** In which month of its cohort how many came back: the heat map's row, column, cell and title. */
const cohorts: Lines = ({ rows }) =>
  rows.flatMap((row) => {
    const value = numberOf(row["active_share"]);
    if (value === null) return [];
    const size = formatFigure(row["size"], "count", null);
    return [
      [
        `${formatPeriod(String(row["cohort"]), "month")} (${size})`,
        `+${String(row["month_no"])} mo`,
        formatShortFigure(value, "share", null),
        `${formatFigure(value, "share", null)}, n = ${size}`,
      ],
    ];
  });

/**
 * What each list on the pages of reports shows of its report, said a second time, by the list's name. `least`: a list may leave
 * out some of its report's rows, such as all but the first twenty; else it has as many lines.
 */
export const REPORT_LISTS: Readonly<Record<string, { lines: Lines; isPart?: true }>> = {
  "Value of customers by channel": {
    lines: rowsAs(
      word("channel", CHANNELS),
      count("customers"),
      money("mean_revenue"),
      money("median_revenue"),
      money("mean_predicted"),
      share("several_channels_share"),
    ),
  },
  "What is compared": {
    lines: rowsAs(
      word("comparison", { matched: "Matched", plain: "Plain" }),
      money("several_channels_mean"),
      money("one_channel_mean"),
    ),
  },
  "Ratio, plain and matched": {
    lines: estimate(
      likeWithLike,
      sizes(
        both,
        ["several_channels_customers", "one_channel_customers"],
        ["several_channels_matched", "one_channel_matched"],
      ),
      ["ratio", "ratio_lower", "ratio_upper"],
      ratio,
    ),
  },
  "Difference, plain and matched": {
    lines: estimate(
      likeWithLike,
      sizes(
        (broken, kept) => `n = ${broken} broken, ${kept} kept`,
        ["broken_orders", "kept_orders"],
        ["broken_matched", "kept_matched"],
      ),
      ["difference", "difference_lower", "difference_upper"],
      points,
    ),
  },
  "Ratio of retention": {
    lines: estimate(
      () => "Two or more channels ÷ one",
      sizes(both, ["several_channels_customers", "one_channel_customers"], ["", ""]),
      ["retention_ratio", "ratio_lower", "ratio_upper"],
      ratio,
    ),
  },
  "Cohorts by months after the first purchase": { lines: cohorts, isPart: true },
  "From placed to collected": {
    lines: (answer, nameOf) =>
      rowsAs(word("stage", STAGES), count("pickups"), (row, ...rest) =>
        row["stage"] === "placed" ? "" : ofTheFirst("share")(row, ...rest),
      )({ ...answer, rows: answer.rows.filter(({ kind }) => kind === "passed") }, nameOf),
  },
  "Not collected": {
    lines: (answer, nameOf) =>
      rowsAs((row, ...rest) =>
        [count("pickups"), word("stage", ENDS), share("share")].map((write) => write(row, ...rest)).join(" "),
      )({ ...answer, rows: answer.rows.filter(({ kind }) => kind !== "passed") }, nameOf),
  },
  "How long it takes": {
    lines: rowAs(
      ["Placed to ready, by the clock", minutes("to_ready_p50"), minutes("to_ready_p90")],
      ["Placed to ready, in opening hours", minutes("open_to_ready_p50"), minutes("open_to_ready_p90")],
      ["Ready to collected, in the store", minutes("store_wait_p50"), minutes("store_wait_p90")],
      ["Arrived to handed over, at the car", minutes("car_wait_p50"), minutes("car_wait_p90")],
    ),
  },
  "Pickups of each store": {
    lines: rowsAs(
      place("group"),
      count("pickups"),
      share("ready_on_time_rate"),
      share("completion"),
      share("no_show_rate"),
      minutes("to_ready_p50"),
      minutes("to_ready_p90"),
      minutes("car_wait_p50"),
      minutes("car_wait_p90"),
    ),
  },
  "Where returns are made": {
    lines: rowAs(
      ["Lines that came back", count("returns"), nothing],
      ["of what was ordered online", count("online_returns"), nothing],
      ["and brought to a store", count("online_returns_in_store"), nothing],
    ),
  },
  "What became of misses": {
    lines: rowAs(
      ["The store had none", count("misses"), nothing],
      ["Ordered from another place", count("saved"), ofTheFirst("saved_share")],
    ),
  },
  "Location by location, the least right first": {
    lines: rowsAs(
      place("group"),
      count("counts"),
      count("lines"),
      share("exact_accuracy"),
      within("exact_accuracy"),
      share("unit_accuracy"),
      of("missing_units", "units"),
      of("unexpected_units", "units"),
      money("gross_cost"),
    ),
  },
  "Stores to look at: the least right when counted": {
    lines: rowsAs(
      place("group"),
      share("exact_accuracy"),
      within("exact_accuracy"),
      of("net_units", "units"),
      count("lines"),
    ),
    isPart: true,
  },
  "Promised and not given, location by location, the most first": {
    lines: rowsAs(
      place("group"),
      count("promised_lines"),
      share("disappointment_rate"),
      within("disappointment_rate"),
      mostFrequentCause,
    ),
  },
  "Lines that were not given, by cause": {
    lines: rowAs(
      ["not found", count("not_found"), ofTheDisappointed("not_found")],
      ["damaged", count("damaged"), ofTheDisappointed("damaged")],
      ["sold in the store", count("sold_in_store"), ofTheDisappointed("sold_in_store")],
      ["too late", count("late"), ofTheDisappointed("late")],
      ["store closed, carrier or system", count("system"), ofTheDisappointed("system")],
    ),
  },
  "Probably not there, location by location": {
    lines: rowsAs(place("group"), share("ghost_share"), of("ghost_units", "units"), money("price_at_stake")),
  },
  "What is probably not there": {
    lines: rowsAs(
      (row) => String(row["name"] ?? row["gtin"]),
      place("location_id"),
      of("book_units", "units"),
      of("unseen_days", "days"),
      money("price_at_stake"),
      () => "Ask for a look",
    ),
    isPart: true,
  },
  "Last evidence, location by location, the oldest first": {
    lines: rowsAs(
      place("group"),
      count("sku_locations"),
      of("age_p50", "hours"),
      of("age_p90", "hours"),
      count("older"),
      count("never"),
    ),
  },
  "Out of stock, location by location": {
    lines: rowsAs(place("group"), count("sku_locations"), count("stock_out_days"), share("stock_out_rate")),
  },
  "On the shelf, store by store": {
    lines: rowsAs(
      place("group"),
      count("skus_in_store"),
      count("backroom_only_skus"),
      share("shelf_availability"),
    ),
  },
  "Margin on stock by category": {
    lines: rowsAs(
      word("group", { "": "without a category" }),
      money("net_sales"),
      money("gross_margin"),
      money("average_inventory"),
      of("gmroi_year", "ratio"),
    ),
  },
  "Location by location, the slowest first": {
    lines: rowsAs(
      place("group"),
      money("average_inventory"),
      of("turns_year", "ratio"),
      of("on_hand_units", "units"),
      of("days_of_supply", "days"),
    ),
  },
};

import { ORDER_LINE_COLUMNS } from "../kinds/order-line.ts";
import type { FieldSource, HistoryField } from "./history-mapping.ts";
import type { FieldSources } from "./history-fields.ts";
import type { SourceFile } from "./source-file.ts";
import { identifier, quote } from "./sql-text.ts";
import { type TypedValue, typedColumn } from "./typed-columns.ts";

/** Why a row is not taken. Its place in the list, from 1, is the number that the SQL gives. */
export type HistoryProblem = { code: string; field: HistoryField; says: string };

/** Two lines are the same when these are: times and words as what they say, whatever they are stored as. */
const SAME = `sipHash128(${ORDER_LINE_COLUMNS.map((name) => (name === "ordered_at" ? `toUnixTimestamp64Milli(${name})` : `toString(${name})`)).join(", ")})`;

const LINE_TYPES = "('sale', 'cancellation', 'return', 'adjustment')";

export type HistorySql = ReturnType<typeof createHistorySql>;

/**
 * The SQL that makes lines of past orders of a file. All of it takes {source:String}. `timeZone` is of times without one of their
 * own. The rules are those of `kinds/order-line.ts`, which reads the same from text.
 */
export function createHistorySql(file: SourceFile, fields: FieldSources, timeZone: string | undefined) {
  const problems: HistoryProblem[] = [];
  const conditions: string[] = [];
  const texts = new Map<HistoryField, string>();
  const columns = new Map<HistoryField, string>();

  function refuseWhen(condition: string, problem: HistoryProblem): void {
    problems.push(problem);
    conditions.push(condition);
  }

  const text = (field: HistoryField): string => {
    const source = fields[field];
    if (source === undefined) return "''";
    texts.set(field, textOf(source, file));
    return `t_${field}`;
  };

  /** The column itself under a name of ours: a file may call its columns as the table does. */
  const typed = (kind: Parameters<typeof typedColumn>[0], field: HistoryField): TypedValue | null => {
    const value = typedColumn(kind, fields[field], file, `c_${field}`);
    if (value !== null) columns.set(field, identifier(fields[field]?.column ?? ""));
    return value;
  };

  const orderId = text("orderId");
  refuseWhen(`${orderId} = ''`, { code: "missing_value", field: "orderId", says: "the line names no order" });
  const ownGtin = text("gtin");
  const isGtin = `match(${ownGtin}, '^([0-9]{8}|[0-9]{12,14})$') AND ${checkSum(`toUInt64OrZero(${ownGtin})`)} % 10 = 0`;
  refuseWhen(`${ownGtin} != '' AND NOT (${isGtin})`, {
    code: "invalid_gtin",
    field: "gtin",
    says: "it is not a GTIN of 8, 12, 13 or 14 digits that check out",
  });
  const code = fields.code === undefined ? ownGtin : `if(${text("code")} = '', ${ownGtin}, t_code)`;
  refuseWhen(`${code} = ''`, { code: "missing_value", field: "code", says: "the line names no product" });
  refuseWhen(
    `lengthUTF8(${orderId}) > 200 OR lengthUTF8(${code}) > 100 OR lengthUTF8(${text("description")}) > 500`,
    {
      code: "too_long",
      field: "description",
      says: "an order's id has at most 200 characters, a code 100, a description 500",
    },
  );
  const quantity = typed("units", "quantity") ?? units(fields.quantity, text("quantity"));
  refuseWhen(quantity.isWrong, {
    code: "invalid_quantity",
    field: "quantity",
    says: "it is not a whole number of units",
  });
  const price = typed("money", "unitPrice") ?? money(fields.unitPrice, text("unitPrice"));
  refuseWhen(price.isWrong, {
    code: "invalid_money",
    field: "unitPrice",
    says: "it is not an amount such as 1234.50 (at most 6 decimals, a point)",
  });
  const typedTime = typed("instant", "orderedAt");
  const time =
    typedTime === null
      ? instant(fields.orderedAt, text("orderedAt"), timeZone)
      : {
          value: typedTime.value,
          problems: [{ code: "invalid_time", condition: typedTime.isWrong, says: "there is none" }],
        };
  for (const { condition, code: timeCode, says } of time.problems) {
    refuseWhen(condition, { code: timeCode, field: "orderedAt", says });
  }
  refuseWhen(`NOT match(${text("currency")}, '^[A-Z]{3}$')`, {
    code: "invalid_currency",
    field: "currency",
    says: "it is not a currency such as GBP",
  });
  // There are few of them: what is done to a dictionary is done to each of its words once.
  const location = `trim(BOTH '-' FROM replaceRegexpAll(toLowCardinality(${text("locationId")}), '[^A-Za-z0-9._-]+', '-'))`;
  refuseWhen(`length(${location}) > 64`, {
    code: "invalid_id",
    field: "locationId",
    says: "a location's id has at most 64 characters",
  });
  const stated = `lower(${text("lineType")})`;
  refuseWhen(`${stated} != '' AND ${stated} NOT IN ${LINE_TYPES}`, {
    code: "invalid_line_type",
    field: "lineType",
    says: "it is none of sale, cancellation, return, adjustment",
  });
  const ownLineNo =
    fields.lineNo === undefined
      ? null
      : (typed("number", "lineNo") ?? {
          value: `toUInt32OrZero(${text("lineNo")})`,
          isWrong: `toUInt32OrZero(${text("lineNo")}) = 0`,
        });
  if (ownLineNo !== null) {
    refuseWhen(ownLineNo.isWrong, {
      code: "invalid_number",
      field: "lineNo",
      says: "it is not a number from 1",
    });
  }
  const customer = text("customerId");
  const customerId = `if(position(${customer}, '.') = 0, ${customer}, replaceRegexpOne(${customer}, '^([0-9]+)[.]0+$', '\\\\1'))`;

  const problem = `multiIf(${conditions.map((one, at) => `${one}, ${at + 1}`).join(", ")}, 0)`;
  const values = [
    `${problem} AS problem`,
    `${orderId} AS order_id`,
    ...(ownLineNo === null ? [] : [`${ownLineNo.value} AS line_no`]),
    `${quantity.value} AS quantity`,
    `${price.value} AS unit_price`,
    `multiIf(${stated} != '', ${stated}, match(order_id, '^[Cc][0-9]+$'), 'cancellation', match(order_id, '^[Aa][0-9]+$'), 'adjustment', quantity >= 0, 'sale', unit_price = 0, 'adjustment', 'return') AS line_type`,
    `if(${text("channel")} = '', 'unknown', ${text("channel")}) AS channel`,
    `if(${text("method")} = '', 'unknown', ${text("method")}) AS method`,
    `${location} AS location_id`,
    `${customerId} AS customer_id`,
    `${text("country")} AS country`,
    `${code} AS code`,
    `toUInt64OrZero(${ownGtin}) AS own_gtin`,
    `${text("description")} AS description`,
    `${text("currency")} AS currency`,
    `${time.value} AS ordered_at`,
  ];
  const readRows = (more: readonly string[]): string => {
    const needed = [
      ...[...texts].map(([field, sql]) => `${sql} AS t_${field}`),
      ...[...columns].map(([field, sql]) => `${sql} AS c_${field}`),
    ];
    return `SELECT ${[...values, ...more].join(",\n  ")}\nFROM (SELECT *, ${needed.join(",\n  ")} FROM ${file.from})`;
  };
  const asNumbered = ownLineNo === null;
  const numbered = asNumbered
    ? `SELECT *, toUInt32(row_number() OVER (PARTITION BY order_id ORDER BY row_no)) AS line_no FROM (${readRows([`${file.rowNumber} AS row_no`])})`
    : readRows([]);
  // In one thread rows come in the order of the file.
  const inOrder = `${file.settings}, max_threads = 1`;
  const original = `toJSONString(map(${[...file.columns.keys()].map((name) => `${quote(name)}, ifNull(toString(${identifier(name)}), '')`).join(", ")}))`;
  const offending = `multiIf(${problems.map(({ field }, at) => `problem = ${at + 1}, ${texts.has(field) ? `t_${field}` : "''"}`).join(", ")}, '')`;

  return {
    problems,
    /** rows, bad, codes: what the file comes to, without writing anything. */
    check: `SELECT count() AS rows, countIf(problem != 0) AS bad, groupUniqArrayIf(code, problem = 0 AND own_gtin = 0) AS codes FROM (${readRows([])}) SETTINGS ${file.settings}`,
    /** line, problem, text, original of the rows that are not taken, in their order. */
    bad: `SELECT row_no + ${1 + file.headerLines} AS line, problem, offending AS text, original FROM (${readRows([`${file.rowNumber} AS row_no`, `${original} AS original`, `${offending} AS offending`])}) WHERE problem != 0 SETTINGS ${inOrder}`,
    /** @param skipsKnown leaves out what is stored already, just so. Takes {version:UInt64} too. */
    insert: (skipsKnown: boolean): string =>
      `INSERT INTO order_lines (source, ${ORDER_LINE_COLUMNS.join(", ")}, version)
SELECT {source:String}, ${ORDER_LINE_COLUMNS.join(", ")}, {version:UInt64}
FROM
(
  SELECT line.*, if(line.own_gtin != 0, line.own_gtin, known.gtin) AS gtin
  FROM (${numbered}) AS line
  LEFT ANY JOIN (SELECT code, gtin FROM product_codes FINAL WHERE source = {source:String}) AS known ON known.code = line.code
  WHERE line.problem = 0
)
${skipsKnown ? `WHERE ${SAME} NOT IN (SELECT ${SAME} FROM order_lines FINAL WHERE source = {source:String})` : ""}
SETTINGS ${asNumbered ? inOrder : file.settings}, optimize_on_insert = 0, max_bytes_before_external_sort = 500000000`,
  };
}

/** A source as text without spaces around it; null is empty. */
function textOf(source: FieldSource, file: SourceFile): string {
  if (source.constant !== undefined) return quote(source.constant.trim());
  if (source.expression !== undefined) return `trimBoth(ifNull(toString((${source.expression}\n)), ''))`;
  const column = identifier(source.column ?? "");
  const isText = /^(?:Nullable\()?String/.test(file.columns.get(source.column ?? "") ?? "");
  return isText ? `trimBoth(ifNull(${column}, ''))` : `trimBoth(ifNull(toString(${column}), ''))`;
}

function units(source: FieldSource | undefined, text: string): TypedValue {
  if (source?.unit === undefined) {
    return {
      value: `toInt64OrZero(splitByChar('.', ${text})[1])`,
      isWrong: `NOT match(${text}, '^[+-]?[0-9]{1,9}([.]0+)?$')`,
    };
  }
  const many = `toDecimal128OrZero(${text}, 6) * toDecimal64('${source.unit}', 6)`;
  return {
    value: `toInt64(${many})`,
    isWrong: `NOT match(${text}, '^[+-]?[0-9]{1,9}([.][0-9]{1,6})?$') OR ${many} != toInt64(${many})`,
  };
}

function money(source: FieldSource | undefined, text: string): TypedValue {
  const amount = `toDecimal128OrZero(${text}, 6)`;
  const value = source?.unit === undefined ? amount : `${amount} * toDecimal64('${source.unit}', 6)`;
  return {
    value: `toDecimal64(${value}, 6)`,
    isWrong: `NOT match(${text}, '^[+-]?[0-9]{1,11}([.][0-9]{1,6}0*)?$')`,
  };
}

/** A time of a day and month that could be either way round is refused, and one without a zone where none was stated. */
function instant(source: FieldSource | undefined, text: string, timeZone: string | undefined) {
  const zone = source?.timeZone ?? timeZone;
  const format = source?.format;
  const parsed =
    format === undefined
      ? `parseDateTime64BestEffortOrNull(${text}, 3, '${zone ?? "UTC"}')`
      : `toDateTime64(parseDateTimeOrNull(${text}, ${quote(format)}, '${zone ?? "UTC"}'), 3)`;
  const problem = (code: string, condition: string, says: string) => ({ code, condition, says });
  const isAmbiguous = `match(${text}, '^[0-9]{1,2}[./-][0-9]{1,2}[./-]')`;
  const hasNoZone = `NOT match(${text}, '(Z|[+-][0-9]{2}:?[0-9]{2})$')`;
  return {
    value: `toTimeZone(ifNull(${parsed}, toDateTime64(0, 3)), 'UTC')`,
    problems: [
      ...(format === undefined
        ? [
            problem(
              "ambiguous_time",
              isAmbiguous,
              'day and month could be swapped: say its "format" in the mapping',
            ),
          ]
        : []),
      problem(
        "invalid_time",
        `isNull(${parsed})`,
        format === undefined
          ? 'it is not a time such as 2026-01-31 14:05:00: say its "format" in the mapping'
          : `it is not a time of the form ${format}`,
      ),
      ...(zone === undefined
        ? [
            problem(
              "no_time_zone",
              hasNoZone,
              'it has no zone: say "timeZone" in the mapping, or --time-zone',
            ),
          ]
        : []),
    ],
  };
}

/** GS1's sum of the digits, the last one with weight 1. */
function checkSum(gtin: string): string {
  return `(${Array.from({ length: 14 }, (_, at) => `intDiv(${gtin}, ${10 ** at}) % 10 * ${at % 2 === 0 ? 1 : 3}`).join(" + ")})`;
}

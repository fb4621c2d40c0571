import type { Database } from "../../../sql/database.ts";

export const CHAIN = { stores: 500, products: 20_000, customers: 1_000_000, linesPerOrder: 2 };
export const YEAR = { from: "2025-01-01", to: "2026-01-01" };

const LINES_PER_INSERT = 1_000_000;
const YEAR_SECONDS = 365 * 86_400;

/**
 * Writes a year of `lines` order lines of a chain, made by the engine itself from hashes of the line's number: 60 % of orders of known
 * customers, some of whom buy much more often than others, three in five in stores, one line in 25 a return.
 */
export async function writeChainYear(
  db: Database,
  lines: number,
  log: (text: string) => void,
): Promise<void> {
  await db.command({
    name: "bench/products",
    sql: `INSERT INTO products (gtin, sku, name, category, kind, currency, cost, version)
          SELECT 1000000 + number, toString(number), concat('P', toString(number)), concat('C', toString(number % 12)), 'merchandise', 'EUR',
                 toDecimal64(3 + number % 10, 4), 1
          FROM numbers(${CHAIN.products})`,
  });
  for (let from = 0; from < lines; from += LINES_PER_INSERT) {
    await db.command({ name: "bench/order-lines", sql: insertLines(from, lines), maxSeconds: 600 });
    log(`${Math.min(lines, from + LINES_PER_INSERT).toLocaleString("en")} lines written`);
  }
}

function insertLines(from: number, lines: number): string {
  const secondsPerOrder = (YEAR_SECONDS * CHAIN.linesPerOrder) / lines;
  return `
INSERT INTO order_lines
SELECT
    'chain', concat('O', leftPad(toString(order_no), 9, '0')), toUInt32(number % ${CHAIN.linesPerOrder} + 1),
    if(of_line % 100 < 4, 'return', 'sale'),
    ['store', 'store', 'store', 'web', 'app'][1 + of_order % 5],
    ['carry_out', 'pickup', 'ship_from_store'][1 + of_order % 3],
    concat('L', toString(intDiv(of_order, 5) % ${CHAIN.stores})),
    if(intDiv(of_order, 7) % 10 < 6, concat('K', toString(toUInt64(pow((intDiv(of_order, 11) % 1000003) / 1000003, 2) * ${CHAIN.customers}))), ''),
    'DE', '', 1000000 + of_line % ${CHAIN.products}, '', if(of_line % 100 < 4, -1, 1 + of_line % 3),
    toDecimal64(5 + (of_line % 9000) / 100, 2), 'EUR',
    toDateTime64('${YEAR.from} 00:00:00', 3, 'UTC') + toUInt64(order_no * ${secondsPerOrder}), 1
FROM
(
    SELECT number, intDiv(number, ${CHAIN.linesPerOrder}) AS order_no, sipHash64(order_no) AS of_order, sipHash64(number, 1) AS of_line
    FROM numbers(${from}, ${Math.min(LINES_PER_INSERT, lines - from)})
)`;
}

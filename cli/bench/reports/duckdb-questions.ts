/** A report as DuckDB is asked the same: SQL over `lines`, and the columns of which both must have the same values. */
export type DuckDbQuestion = {
  report: string;
  asked: Record<string, string>;
  same: readonly string[];
  sql: string;
};

const PERSON = "person_id <> ''";
const BOUGHT = "is_purchase = 1";

/** In the way that DuckDB's own documentation would write them, over one flat table. */
export const DUCKDB_QUESTIONS: readonly DuckDbQuestion[] = [
  {
    report: "customer-value",
    asked: {},
    same: ["customers", "sales", "returns", "median_revenue", "gross_margin"],
    sql: `
      SELECT count(*) AS customers, sum(sales) AS sales, sum(returns) AS returns, quantile_cont(sales - returns, 0.5) AS median_revenue,
             quantile_cont(sales - returns, [0.25, 0.75, 0.9, 0.99]) AS quantiles, min(sales - returns), max(sales - returns),
             quantile_cont(sales, 0.5), sum(margin) AS gross_margin
      FROM (
        SELECT person_id, count(*) FILTER (${BOUGHT}) AS purchases, coalesce(sum(net) FILTER (line_type = 'sale'), 0) AS sales,
               coalesce(-sum(net) FILTER (line_type <> 'sale'), 0) AS returns, sum(net - cost) AS margin,
               count(DISTINCT channel) FILTER (${BOUGHT}) AS channels
        FROM lines WHERE ${PERSON} GROUP BY person_id HAVING count(*) FILTER (${BOUGHT}) > 0
      )`,
  },
  {
    report: "omnichannel-value",
    asked: {},
    same: ["one_channel_customers", "several_channels_customers", "one_channel_mean"],
    sql: `
      SELECT count(*) FILTER (channels = 1) AS one_channel_customers, count(*) FILTER (channels > 1) AS several_channels_customers,
             avg(net::DOUBLE) FILTER (channels = 1) AS one_channel_mean, avg(net::DOUBLE) FILTER (channels > 1)
      FROM (
        SELECT person_id, sum(net) AS net, count(DISTINCT channel) FILTER (${BOUGHT}) AS channels
        FROM lines WHERE ${PERSON} GROUP BY person_id
      ) WHERE channels > 0`,
  },
  {
    report: "repeat-purchase",
    asked: {},
    same: ["customers", "repeat_customers", "repeat_day_customers", "orders"],
    sql: `
      SELECT count(*) AS customers, count(*) FILTER (orders >= 2) AS repeat_customers, count(*) FILTER (days >= 2) AS repeat_day_customers,
             sum(orders) AS orders
      FROM (
        SELECT person_id, count(DISTINCT (source, order_id)) AS orders, count(DISTINCT ordered_at::DATE) AS days
        FROM lines WHERE ${PERSON} AND ${BOUGHT} GROUP BY person_id
      )`,
  },
  {
    report: "purchase-frequency",
    asked: {},
    same: ["orders", "lines", "customers", "sales", "returns", "units", "days_between_purchases"],
    sql: `
      WITH days AS (SELECT DISTINCT person_id, ordered_at::DATE AS day FROM lines WHERE ${PERSON} AND ${BOUGHT}),
           gaps AS (SELECT day - lag(day) OVER (PARTITION BY person_id ORDER BY day) AS gap FROM days)
      SELECT count(DISTINCT (source, order_id)) FILTER (${BOUGHT}) AS orders, count(*) FILTER (${BOUGHT}) AS lines,
             count(DISTINCT person_id) FILTER (${BOUGHT} AND ${PERSON}) AS customers,
             count(DISTINCT (source, order_id)) FILTER (${BOUGHT} AND ${PERSON}) AS known_orders,
             sum(net) FILTER (line_type = 'sale') AS sales, -sum(net) FILTER (line_type <> 'sale') AS returns,
             sum(quantity) FILTER (${BOUGHT}) AS units, (SELECT count(*) FROM days) AS customer_days,
             (SELECT quantile_cont(gap, 0.5) FROM gaps) AS days_between_purchases
      FROM lines`,
  },
  {
    report: "online-share",
    asked: {},
    same: ["orders", "online_orders", "pickup_orders", "net_sales", "online_net_sales"],
    sql: `
      SELECT count(DISTINCT (source, order_id)) FILTER (${BOUGHT}) AS orders,
             count(DISTINCT (source, order_id)) FILTER (${BOUGHT} AND channel <> 'store') AS online_orders,
             count(DISTINCT (source, order_id)) FILTER (${BOUGHT} AND channel <> 'store' AND method IN ('pickup', 'curbside')) AS pickup_orders,
             sum(net) AS net_sales, sum(net) FILTER (channel <> 'store') AS online_net_sales
      FROM lines`,
  },
  {
    report: "sales-by-period",
    asked: { period: "month" },
    same: ["orders", "units", "sales", "returns", "customers", "new_customers"],
    sql: `
      WITH firsts AS (SELECT person_id, min(ordered_at) AS first_at FROM lines WHERE ${PERSON} AND ${BOUGHT} GROUP BY person_id)
      SELECT date_trunc('month', ordered_at) AS period, count(DISTINCT (source, order_id)) FILTER (${BOUGHT}) AS orders,
             sum(quantity) FILTER (${BOUGHT}) AS units, sum(net) FILTER (line_type = 'sale') AS sales,
             count(DISTINCT (source, order_id)) FILTER (line_type <> 'sale') AS return_orders,
             -sum(net) FILTER (line_type <> 'sale') AS returns,
             count(DISTINCT (source, order_id)) FILTER (${BOUGHT} AND ${PERSON}) AS known_orders,
             count(DISTINCT lines.person_id) FILTER (${BOUGHT} AND lines.${PERSON}) AS customers,
             count(DISTINCT lines.person_id) FILTER (${BOUGHT} AND lines.${PERSON}
               AND date_trunc('month', first_at) = date_trunc('month', ordered_at)) AS new_customers
      FROM lines LEFT JOIN firsts USING (person_id)
      GROUP BY period ORDER BY period`,
  },
  {
    report: "cohort-retention",
    asked: {},
    same: ["size", "month_no", "active", "revenue"],
    sql: `
      WITH firsts AS (
             SELECT person_id, date_trunc('month', min(ordered_at)) AS first_month
             FROM lines WHERE ${PERSON} AND ${BOUGHT} GROUP BY person_id),
           months AS (
             SELECT first_month, person_id, datediff('month', first_month, ordered_at) AS k, sum(net) AS amount
             FROM lines JOIN firsts USING (person_id) WHERE ${BOUGHT} GROUP BY ALL),
           sizes AS (SELECT first_month, count(DISTINCT person_id) AS size FROM months GROUP BY first_month)
      SELECT strftime(first_month, '%Y-%m') AS cohort, any_value(size) AS size, k AS month_no, count(*) AS active, sum(amount) AS revenue
      FROM months JOIN sizes USING (first_month) GROUP BY first_month, k ORDER BY cohort, month_no`,
  },
];

-- Question: On which days of the week, and at which hours, do we sell most?
-- Area:     sales
-- Note:     Days and hours are of UTC: put your own zone in toTimeZone.
SELECT
    toDayOfWeek(toTimeZone(ordered_at, 'UTC')) AS weekday_from_monday,
    toHour(toTimeZone(ordered_at, 'UTC')) AS hour,
    uniqExact(source, order_id) AS orders,
    sum(net) AS net_sales,
    currency
FROM sales_lines
WHERE is_purchase = 1
GROUP BY weekday_from_monday, hour, currency
ORDER BY net_sales DESC

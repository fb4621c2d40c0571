-- Report:     K4
-- Question:   Month by month, how many of the customers stayed?
-- Grain:      one row a month of the window, from the first with a purchase
-- Parameters: from = 12monthsAgo, to, timeZone, currency, location, channel, category, kind, free
--             activeDays: integer 1..3650 = 365 — who bought within so many days before an instant is a customer then
-- Freshness:  what was recorded a few seconds before it is asked: docs/reports.md
-- Cost:       two passes over order lines; the days of each customer, looked at once a month
-- Columns:    month date — its first day
--             is_complete flag — 0 where it is not over, or not all of it lies in the window: its figures are null
--             customers_at_start count — who bought in the activeDays before the month
--             customers_at_end count — who bought in the activeDays before its end
--             new_customers count — of the latter, whose first purchase of all time was in the month
--             retention_rate ratio — (customers_at_end − new_customers) ÷ customers_at_start; above 1 where people came back after a pause
--             kept_customers count — at the start and at the end
--             kept_share share — kept_customers ÷ customers_at_start
WITH
    least({to:DateTime64(3, 'UTC')}, {as_of:DateTime64(3, 'UTC')}) AS until,
    firsts AS
    (
        SELECT person_id, toInt32(toDate(min(ordered_at), {time_zone:String})) AS first_day
        FROM report_lines
        WHERE person_id != '' AND (is_purchase OR ({free:String} = 'count' AND is_free))
        GROUP BY person_id
    ),
    bought AS
    (
        SELECT person_id, groupUniqArray(toInt32(toDate(ordered_at, {time_zone:String}))) AS days
        FROM report_lines
        WHERE person_id != '' AND (is_purchase OR ({free:String} = 'count' AND is_free)) AND ordered_at < {to:DateTime64(3, 'UTC')}
            AND currency = {currency:String}
            AND (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
            AND (empty({channel:Array(String)}) OR has({channel:Array(String)}, channel))
            AND (empty({category:Array(String)}) OR has({category:Array(String)}, category))
            AND ({kind:String} = 'all' OR kind = 'merchandise')
        GROUP BY person_id
    ),
    months AS
    (
        SELECT
            addMonths(first_month, arrayJoin(range(toUInt64(greatest(0, 1 + dateDiff('month', first_month, last_month)))))) AS month,
            toInt32(month) AS begin_day,
            toInt32(addMonths(month, 1)) AS end_day
        FROM
        (
            SELECT
                toStartOfMonth(toDate(greatest(
                    {from:DateTime64(3, 'UTC')},
                    toDateTime64(toDate(min(arrayMin(days))), 3, {time_zone:String})), {time_zone:String})) AS first_month,
                toStartOfMonth(toDate(until - INTERVAL 1 MILLISECOND, {time_zone:String})) AS last_month
            FROM bought
            HAVING count() > 0
        )
    ),
    figures AS
    (
        SELECT
            months.month AS month,
            countIf(is_start) AS at_start,
            countIf(is_end) AS at_end,
            countIf(is_end AND is_new) AS new,
            countIf(is_start AND is_end) AS kept
        FROM
        (
            SELECT
                month,
                arrayExists(day -> day >= begin_day - {active_days:UInt32} AND day < begin_day, days) AS is_start,
                arrayExists(day -> day >= end_day - {active_days:UInt32} AND day < end_day, days) AS is_end,
                first_day >= begin_day AND first_day < end_day AS is_new
            FROM (SELECT days, first_day FROM bought INNER JOIN firsts USING person_id) AS people
            CROSS JOIN months
        ) AS months
        GROUP BY month
    )
SELECT
    figures.month AS month,
    toDateTime(figures.month, {time_zone:String}) >= {from:DateTime64(3, 'UTC')}
        AND toDateTime(addMonths(figures.month, 1), {time_zone:String}) <= until AS is_complete,
    if(is_complete, figures.at_start, NULL) AS customers_at_start,
    if(is_complete, figures.at_end, NULL) AS customers_at_end,
    if(is_complete, figures.new, NULL) AS new_customers,
    if(customers_at_start = 0, NULL, (figures.at_end - figures.new) / customers_at_start) AS retention_rate,
    if(is_complete, figures.kept, NULL) AS kept_customers,
    if(customers_at_start = 0, NULL, figures.kept / customers_at_start) AS kept_share
FROM figures
ORDER BY month

-- Report:     I8
-- Question:   On how many days could locations not sell what they carry?
-- Grain:      one row, or one a location, category or period; none without stock
-- Parameters: from = 30daysAgo, to, timeZone, location, category
--             by: all|location|category|day|week|month = all — a row for each of these; weeks begin on Mondays
-- Freshness:  days that are over, of the ledger and of the past that was told
-- Cost:       one pass over movements, sorted by position; for periods a row a day of each position
-- Columns:    group text — the location or category, or the first day of the period; all
--             is_complete flag — 0 where the period is not over, or not all of it is in the window and on the book: its figures are null
--             sku_locations count — products at a location that it carried on one of the days: from the first unit that it had, without products that are deleted
--             sku_location_days count — n: those, times their days
--             stock_out_days count — of them, with nothing that can be sold when the day ended
--             stock_out_rate share — stock_out_days ÷ sku_location_days
--             in_stock_rate share — 1 − stock_out_rate
WITH
    -- Whole days: the one of now is not over.
    toDate(greatest({from:DateTime64(3, 'UTC')}, toDateTime64('1970-01-02 12:00:00', 3, 'UTC')), {time_zone:String}) AS from_day,
    toDate(least({to:DateTime64(3, 'UTC')}, {as_of:DateTime64(3, 'UTC')}), {time_zone:String}) AS until_day,
    {by:String} IN ('day', 'week', 'month') AS is_by_time,
    runs AS
    (
        SELECT
            location_id, stock_runs.gtin AS gtin, product.category AS category, on_hand, sellable, sold, returned, received,
            ifNull(told_day, greatest(live_from, toDate(began_at, {time_zone:String}))) AS begin_day,
            begin_day >= from_day AND (told_day IS NOT NULL OR toDate(began_at, {time_zone:String}) >= live_from) AS has_flows,
            greatest(begin_day, from_day) AS first_day,
            least(ifNull(told_day + 1, toDate(least(next_at, {as_of:DateTime64(3, 'UTC')}), {time_zone:String})), until_day) AS end_day
        FROM stock_runs
        LEFT ANY JOIN (SELECT gtin, toString(category) AS category FROM products FINAL) AS product ON product.gtin = stock_runs.gtin
        WHERE begin_day < until_day AND (end_day > first_day OR has_flows)
            AND (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
            AND (empty({category:Array(String)}) OR has({category:Array(String)}, category))
    ),
    -- A row a run, or a row a day where periods are asked for. What changed within a day has no weight, but flows.
    days AS
    (
        SELECT
            *,
            greatest(0, toInt64(end_day) - toInt64(first_day)) AS length,
            arrayJoin(if(is_by_time AND length > 0, arrayMap(n -> first_day + n, range(toUInt64(length))), [first_day])) AS day,
            if(is_by_time, least(length, 1), length) AS weight,
            if(is_by_time, day + 1, end_day) AS next_day,
            multiIf({by:String} = 'month', toStartOfMonth(day), {by:String} = 'week', toMonday(day), {by:String} = 'day', day, toDate(0)) AS begin,
            if(is_by_time, multiIf({by:String} = 'month', addMonths(begin, 1), {by:String} = 'week', begin + 7, begin + 1), until_day) AS next,
            has_flows AND day = begin_day AS counts_flows
        FROM runs
    ),
    figures AS
    (
        SELECT
            multiIf({by:String} = 'location', location_id, {by:String} = 'category', category, is_by_time, toString(begin), 'all') AS group, begin, next,
            uniqExact(location_id, gtin) AS carried,
            sum(weight) AS carried_days,
            sumIf(weight, sellable <= 0) AS empty_days,
            min(min(day)) OVER () AS book_since
        FROM days
        WHERE weight > 0 AND gtin NOT IN (SELECT gtin FROM products FINAL WHERE is_deleted)
        GROUP BY group, begin, next
    )
SELECT
    group,
    NOT is_by_time OR (begin >= greatest(from_day, book_since) AND next <= until_day) AS is_complete,
    if(is_complete, carried, NULL) AS sku_locations,
    if(is_complete, carried_days, NULL) AS sku_location_days,
    if(is_complete, empty_days, NULL) AS stock_out_days,
    stock_out_days / sku_location_days AS stock_out_rate,
    1 - stock_out_rate AS in_stock_rate
FROM figures
ORDER BY group

-- Report:     I11
-- Question:   How often does stock turn, and for how many days would it last?
-- Grain:      one row, or one a location, category or period; none without stock
-- Parameters: from = 30daysAgo, to, timeZone, currency, location, category
--             by: all|location|category|day|week|month = all — a row for each of these; weeks begin on Mondays
-- Freshness:  days that are over, of the ledger and of the past that was told
-- Cost:       one pass over movements, sorted by position, one over order lines; for periods a row a day of each position
-- Columns:    group text — the location or category, or the first day of the period; all
--             is_complete flag — 0 where the period is not over, or not all of it is in the window and on the book: its figures are null
--             days count — days that are averaged over: those of the window from the first with stock on
--             cost_of_sales money — of what was sold less what came back, at the products' cost of today
--             average_inventory money — stock at the end of each day, at the products' cost of today, averaged over the days
--             turns ratio — cost_of_sales ÷ average_inventory, of the window (I11)
--             turns_year ratio — turns × 365 ÷ days: as if the year went on like this
--             net_units units — sold less what came back
--             average_units ratio — units in stock at the end of each day, averaged
--             unit_turns ratio — net_units ÷ average_units, also of products without a cost
--             on_hand_units units — when the last day ended
--             daily_units ratio — net_units ÷ days
--             days_of_supply days — on_hand_units ÷ daily_units; null where nothing was sold (I11)
--             cost_known_share share — of the units in stock, those of products with a cost
--             note text — why something is null or left out; empty for nothing
WITH
    -- Whole days: the one of now is not over.
    toDate(greatest({from:DateTime64(3, 'UTC')}, toDateTime64('1970-01-02 12:00:00', 3, 'UTC')), {time_zone:String}) AS from_day,
    toDate(least({to:DateTime64(3, 'UTC')}, {as_of:DateTime64(3, 'UTC')}), {time_zone:String}) AS until_day,
    {by:String} IN ('day', 'week', 'month') AS is_by_time,
    runs AS
    (
        SELECT
            location_id, stock_runs.gtin AS gtin, product.category AS category, product.cost AS cost, on_hand, sellable, sold, returned, received,
            ifNull(told_day, greatest(live_from, toDate(began_at, {time_zone:String}))) AS begin_day,
            begin_day >= from_day AND (told_day IS NOT NULL OR toDate(began_at, {time_zone:String}) >= live_from) AS has_flows,
            greatest(begin_day, from_day) AS first_day,
            least(ifNull(told_day + 1, toDate(least(next_at, {as_of:DateTime64(3, 'UTC')}), {time_zone:String})), until_day) AS end_day
        FROM stock_runs
        LEFT ANY JOIN (SELECT gtin, toString(category) AS category, if({currency:String} IN ('', toString(currency)) OR currency = '', cost, NULL) AS cost FROM products FINAL) AS product ON product.gtin = stock_runs.gtin
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
    books AS
    (
        SELECT location_id, min(day) AS since
        FROM
        (
            SELECT toString(location_id) AS location_id, day FROM history_stock_days
            UNION ALL
            SELECT location_id, toDate(at, {time_zone:String}) FROM stock_changes
        )
        GROUP BY location_id
    ),
    -- Stock, and the sales of locations on days on which they had a book.
    facts AS
    (
        SELECT
            location_id, category, begin, next, day,
            greatest(on_hand, 0) * weight AS unit_days,
            unit_days * cost AS value_days,
            if(cost IS NULL, 0, unit_days) AS costed_unit_days,
            if(days.next_day = least(days.next, until_day), on_hand, 0) AS left_units,
            0 AS units, CAST(0 AS Decimal(18, 6)) AS net_amount,
            CAST(NULL AS Nullable(Decimal(18, 6))) AS costed_net, CAST(NULL AS Nullable(Decimal(18, 6))) AS cost_of_units
        FROM days
        WHERE weight > 0
        UNION ALL
        SELECT
            location_id, category, multiIf({by:String} = 'month', toStartOfMonth(day), {by:String} = 'week', toMonday(day), {by:String} = 'day', day, toDate(0)) AS begin, if(is_by_time, multiIf({by:String} = 'month', addMonths(begin, 1), {by:String} = 'week', begin + 7, begin + 1), until_day), day, 0, NULL, 0, 0,
            quantity, net, if(cost IS NULL, NULL, net), cost
        FROM
        (
            SELECT line.*, toDate(line.ordered_at, {time_zone:String}) AS day
            FROM report_lines AS line
            INNER JOIN books ON books.location_id = line.location_id
            WHERE line.kind = 'merchandise' AND line.currency = {currency:String}
                AND day >= greatest(from_day, books.since) AND day < until_day
        )
        WHERE (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
            AND (empty({category:Array(String)}) OR has({category:Array(String)}, category))
    ),
    figures AS
    (
        SELECT
            multiIf({by:String} = 'location', location_id, {by:String} = 'category', category, is_by_time, toString(begin), 'all') AS group, begin, next,
            if(is_by_time, next - begin, until_day - minIf(day, unit_days > 0)) AS day_count,
            min(min(day)) OVER () AS book_since,
            sum(unit_days) AS all_unit_days, sum(value_days) AS all_value_days, sum(costed_unit_days) AS all_costed_unit_days,
            sum(left_units) AS all_left, sum(units) AS all_units, sum(net_amount) AS all_net, sum(costed_net) AS all_costed_net,
            sum(cost_of_units) AS all_cost
        FROM facts
        GROUP BY group, begin, next
        HAVING all_unit_days > 0
    )
SELECT
    group,
    NOT is_by_time OR (begin >= greatest(from_day, book_since) AND next <= until_day) AS is_complete,
    if(is_complete, day_count, NULL) AS days,
    if(is_complete, all_cost, NULL) AS cost_of_sales,
    if(is_complete, toFloat64(all_value_days) / day_count, NULL) AS average_inventory,
    if(average_inventory > 0, toFloat64(cost_of_sales) / average_inventory, NULL) AS turns,
    turns * 365 / day_count AS turns_year,
    if(is_complete, all_units, NULL) AS net_units,
    if(is_complete, all_unit_days / day_count, NULL) AS average_units,
    if(average_units > 0, net_units / average_units, NULL) AS unit_turns,
    if(is_complete, all_left, NULL) AS on_hand_units,
    if(is_complete, net_units / day_count, NULL) AS daily_units,
    if(daily_units > 0, on_hand_units / daily_units, NULL) AS days_of_supply,
    if(is_complete, all_costed_unit_days / all_unit_days, NULL) AS cost_known_share,
    multiIf(
        NOT is_complete, 'the period is not over, or not all of it is in the window',
        all_value_days IS NULL, 'no product in stock has a cost',
        all_costed_unit_days < all_unit_days, 'only what has a cost is counted', '') AS note
FROM figures
ORDER BY group

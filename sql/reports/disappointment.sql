-- Report:     P7
-- Question:   How many of the lines that were promised were not given, and why?
-- Grain:      one row a period and group with promised lines
-- Parameters: from, to, timeZone, location, channel, category
--             period: all|day|week|month = all — of the day on which the order was placed; weeks begin on Mondays
--             by: all|location|channel|method|category = all — a row for each of these
-- Freshness:  what was recorded when it is asked
-- Cost:       one pass over lines of orders, one over their steps
-- Columns:    period date — its first day; null for `all`
--             group text — the location, channel, method or category; all
--             is_complete flag — 0 where the period is not over, or not all of it lies in the window: its figures are null
--             promised_lines count — n: of orders placed in the window, without lines that came in place of another, and without those that may still be kept
--             disappointed_lines count — of them, cancelled, short, substituted or found missing, by no wish of the customer's
--             disappointment_rate share — disappointed_lines ÷ promised_lines
--             disappointment_rate_lower share — of its 95 % interval (Wilson 1927)
--             disappointment_rate_upper share — likewise
--             not_found count — of the disappointed: nobody found it
--             damaged count — of them: it was broken
--             sold_in_store count — of them: another customer had it
--             late count — of them: cancelled because it would have been too late. What was ready late but whole is not in it: see pickup-service (P4)
--             system count — of them: a closed store, a carrier, a program
--             substituted count — of the disappointed, with another line in its place
WITH
    -- The score interval (Wilson 1927) of a share of x among n, one end of it.
    (x, n, side) -> (x + 3.841458820694124 / 2 + side * 1.959963984540054 * sqrt(x * (n - x) / n + 3.841458820694124 / 4)) / (n + 3.841458820694124) AS score_end,
    least({to:DateTime64(3, 'UTC')}, {as_of:DateTime64(3, 'UTC')}) AS until,
    figures AS
    (
        SELECT
            multiIf(
                {period:String} = 'all', NULL,
                {period:String} = 'month', toStartOfMonth(toDate(placed_at, {time_zone:String})),
                {period:String} = 'week', toMonday(toDate(placed_at, {time_zone:String})),
                toDate(placed_at, {time_zone:String})) AS begin,
            multiIf(
                {by:String} = 'location', location_id, {by:String} = 'channel', channel, {by:String} = 'method', method,
                {by:String} = 'category', category, 'all') AS group,
            count() AS promised,
            countIf(is_disappointed) AS disappointed,
            countIf(cause = 'not_found') AS not_found,
            countIf(cause = 'damaged') AS damaged,
            countIf(cause = 'sold_in_store') AS sold_in_store,
            countIf(cause = 'late') AS late,
            countIf(cause = 'system') AS system,
            countIf(is_disappointed AND is_substituted) AS substituted
        FROM promised_lines
        LEFT ANY JOIN (SELECT gtin, toString(category) AS category FROM products FINAL) AS product USING gtin
        WHERE placed_at >= {from:DateTime64(3, 'UTC')} AND placed_at < {to:DateTime64(3, 'UTC')}
            AND (is_disappointed OR NOT is_open)
            AND (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
            AND (empty({channel:Array(String)}) OR has({channel:Array(String)}, channel))
            AND (empty({category:Array(String)}) OR has({category:Array(String)}, category))
        GROUP BY begin, group
    )
SELECT
    begin AS period,
    figures.group AS group,
    begin IS NULL OR (
        toDateTime(assumeNotNull(begin), {time_zone:String}) >= {from:DateTime64(3, 'UTC')}
        AND toDateTime(multiIf(
            {period:String} = 'month', addMonths(assumeNotNull(begin), 1),
            {period:String} = 'week', addDays(assumeNotNull(begin), 7),
            addDays(assumeNotNull(begin), 1)), {time_zone:String}) <= until) AS is_complete,
    if(is_complete, figures.promised, NULL) AS promised_lines,
    if(is_complete, figures.disappointed, NULL) AS disappointed_lines,
    if(is_complete, figures.disappointed / figures.promised, NULL) AS disappointment_rate,
    if(is_complete, if(figures.disappointed = 0, 0., score_end(figures.disappointed, figures.promised, -1)), NULL) AS disappointment_rate_lower,
    if(is_complete, if(figures.disappointed = figures.promised, 1., score_end(figures.disappointed, figures.promised, 1)), NULL) AS disappointment_rate_upper,
    if(is_complete, figures.not_found, NULL) AS not_found,
    if(is_complete, figures.damaged, NULL) AS damaged,
    if(is_complete, figures.sold_in_store, NULL) AS sold_in_store,
    if(is_complete, figures.late, NULL) AS late,
    if(is_complete, figures.system, NULL) AS system,
    if(is_complete, figures.substituted, NULL) AS substituted
FROM figures
ORDER BY period, group

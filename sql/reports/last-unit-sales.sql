-- Report:     I14
-- Question:   When one unit is left, is it sold online?
-- Grain:      one row, or one a location, category or period (by when a unit became the last); none without last units
-- Parameters: from = 30daysAgo, to, timeZone, location, category
--             storeChannels: list = store — channels that are not online
--             by: all|location|category|day|week|month = all — a row for each of these; weeks begin on Mondays
-- Freshness:  what was recorded when it is asked
-- Cost:       one pass over movements, sorted by position; one over orders
-- Columns:    group text — the location or category, or the first day of the period; all
--             is_complete flag — 0 where the period is not over, or not all of it lies in the window: its figures are null
--             times_shown count — n: times that a product at a location came to exactly one unit that can be sold. What single shoppers were shown is not kept; each such time the whole world was told so once
--             online_sales count — of them, whose one unit was sold to an order of an online channel
--             last_unit_sale_rate share — online_sales ÷ times_shown (I14)
--             store_sales count — of them, whose one unit was sold otherwise
--             lost count — of them, whose one unit turned out not to be there: missing, left, or not found by a count
--             refilled count — of them, that came to more than one
--             other_endings count — of them, that ended otherwise: adjusted, transferred, damaged
--             still_one count — of them, that have not ended
WITH
    {by:String} IN ('day', 'week', 'month') AS is_by_time,
    least({to:DateTime64(3, 'UTC')}, {as_of:DateTime64(3, 'UTC')}) AS until,
    steps AS
    (
        SELECT
            location_id, gtin, occurred_at AS at, ordinal,
            sum(quantity) OVER so_far AS units,
            leadInFrame(ordinal, 1, 0) OVER position AS next_ordinal,
            leadInFrame(toString(reason)) OVER position AS next_reason,
            leadInFrame(order_id) OVER position AS next_order_id,
            leadInFrame(toInt64(quantity)) OVER position AS next_quantity
        FROM
        (
            -- One event's lines are one step.
            SELECT location_id, gtin, ordinal, any(occurred_at) AS occurred_at, toInt64(sum(quantity)) AS quantity,
                argMax(reason, sequence) AS reason, max(order_id) AS order_id
            FROM movements
            WHERE state = 'sellable'
                AND (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
            GROUP BY location_id, gtin, ordinal
            HAVING quantity != 0
        )
        WINDOW
            position AS (PARTITION BY location_id, gtin ORDER BY ordinal ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING),
            so_far AS (PARTITION BY location_id, gtin ORDER BY ordinal ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
    ),
    shown AS
    (
        SELECT
            steps.location_id AS location_id, product.category AS category, toDate(at, {time_zone:String}) AS day,
            multiIf({by:String} = 'month', toStartOfMonth(day), {by:String} = 'week', toMonday(day), {by:String} = 'day', day, toDate(0)) AS begin,
            multiIf(
                next_ordinal = 0, 'still',
                next_quantity > 0, 'refilled',
                next_reason = 'sold' AND next_order_id != '' AND NOT has({store_channels:Array(String)}, order_channel.channel), 'online',
                next_reason = 'sold', 'store',
                next_reason IN ('missing', 'left', 'counted', 'reversed'), 'lost',
                'other') AS ending
        FROM steps
        LEFT ANY JOIN (SELECT gtin, toString(category) AS category FROM products FINAL) AS product ON product.gtin = steps.gtin
        LEFT ANY JOIN (SELECT order_id, channel FROM all_orders WHERE origin = 'live') AS order_channel ON order_channel.order_id = next_order_id
        WHERE units = 1 AND at >= {from:DateTime64(3, 'UTC')} AND at < until
            AND (empty({category:Array(String)}) OR has({category:Array(String)}, category))
    )
SELECT
    multiIf({by:String} = 'location', location_id, {by:String} = 'category', category, is_by_time, toString(begin), 'all') AS group,
    NOT is_by_time OR (
        toDateTime(begin, {time_zone:String}) >= {from:DateTime64(3, 'UTC')}
        AND toDateTime(multiIf({by:String} = 'month', addMonths(begin, 1), {by:String} = 'week', begin + 7, begin + 1), {time_zone:String}) <= until) AS is_complete,
    if(is_complete, count(), NULL) AS times_shown,
    if(is_complete, countIf(ending = 'online'), NULL) AS online_sales,
    online_sales / times_shown AS last_unit_sale_rate,
    if(is_complete, countIf(ending = 'store'), NULL) AS store_sales,
    if(is_complete, countIf(ending = 'lost'), NULL) AS lost,
    if(is_complete, countIf(ending = 'refilled'), NULL) AS refilled,
    if(is_complete, countIf(ending = 'other'), NULL) AS other_endings,
    if(is_complete, countIf(ending = 'still'), NULL) AS still_one
FROM shown
GROUP BY group, begin
ORDER BY group

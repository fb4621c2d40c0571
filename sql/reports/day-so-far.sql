-- Report:     -
-- Question:   How does today go so far, beside the same weekday a week ago until the same time?
-- Grain:      two rows, today first; or of both a row for each hour that has begun
-- Parameters: timeZone, currency, location
--             by: all|hour = all — hour: a row for each hour since midnight; the last one has only begun, on both days alike
-- Freshness:  what was recorded a few seconds before it is asked: docs/reports.md
-- Cost:       two days of order lines and of fulfilments
-- Columns:    day date — today, or its weekday a week ago
--             is_today flag — 1 for today
--             hour count — hours since midnight, from 0; 0 for the whole day
--             until instant — up to then: as long after midnight on both days
--             orders count — with something bought, in stores and online
--             units units — bought
--             net_sales money — after discounts, less what came back
--             online_orders count — of the orders, in other channels than store
--             pickups_ordered count — parts of orders that somebody will come for, placed
--             pickups_ready count — that became ready
--             pickups_collected count — that were collected
--             pickups_waiting count — ready and not yet collected at that time; null for an hour
WITH
    toDate({as_of:DateTime64(3, 'UTC')}, {time_zone:String}) AS today,
    toDateTime64(toDateTime(today, {time_zone:String}), 3, 'UTC') AS today_begin,
    toDateTime64(toDateTime(today - 7, {time_zone:String}), 3, 'UTC') AS then_begin,
    {as_of:DateTime64(3, 'UTC')} AS today_until,
    then_begin + toIntervalMillisecond(dateDiff('millisecond', today_begin, today_until)) AS then_until,
    sold AS
    (
        SELECT
            ordered_at >= today_begin AS today_flag,
            if({by:String} = 'hour', toUInt64(intDiv(dateDiff('second', if(today_flag, today_begin, then_begin), ordered_at), 3600)), 0) AS slot,
            uniqExactIf((source, order_id), is_purchase) AS sold_orders,
            uniqExactIf((source, order_id), is_purchase AND channel != 'store') AS sold_online,
            sumIf(quantity, is_purchase) AS sold_units,
            sum(net) AS sold_net
        FROM report_lines
        WHERE ((ordered_at >= today_begin AND ordered_at < today_until) OR (ordered_at >= then_begin AND ordered_at < then_until))
            AND currency = {currency:String}
            AND (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
        GROUP BY today_flag, slot
    ),
    pickups AS
    (
        SELECT placed_at, ready_at, collected_at, coalesce(collected_at, no_show_at, cancelled_at) AS gone_at
        FROM all_fulfilments
        WHERE is_pickup AND placed_at >= then_begin - INTERVAL 30 DAY
            AND (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
    ),
    steps AS
    (
        SELECT
            assumeNotNull(step.2) >= today_begin AS today_flag,
            if({by:String} = 'hour', toUInt64(intDiv(dateDiff('second', if(today_flag, today_begin, then_begin), assumeNotNull(step.2)), 3600)), 0) AS slot,
            countIf(step.1 = 'placed') AS placed,
            countIf(step.1 = 'ready') AS ready,
            countIf(step.1 = 'collected') AS collected,
            countIf(step.1 = 'waiting') AS waiting
        FROM
        (
            SELECT arrayJoin(
                [
                    ('placed', toNullable(placed_at)), ('ready', ready_at), ('collected', collected_at),
                    ('waiting', if(ready_at < today_until AND (gone_at IS NULL OR gone_at >= today_until), today_begin, NULL)),
                    ('waiting', if(ready_at < then_until AND (gone_at IS NULL OR gone_at >= then_until), then_begin, NULL))
                ]
            ) AS step
            FROM pickups
        )
        WHERE (step.2 >= today_begin AND step.2 < today_until) OR (step.2 >= then_begin AND step.2 < then_until)
        GROUP BY today_flag, slot
    ),
    slots AS
    (
        SELECT
            arrayJoin([1, 0]) AS today_flag,
            arrayJoin(range(toUInt64(
                if({by:String} = 'hour', 1 + intDiv(dateDiff('second', today_begin, today_until), 3600), 1)))) AS slot
    )
SELECT
    if(slots.today_flag = 1, today, today - 7) AS day,
    toUInt8(slots.today_flag) AS is_today,
    toUInt32(slots.slot) AS hour,
    if(slots.today_flag = 1, today_until, then_until) AS until,
    toUInt64(ifNull(sold.sold_orders, 0)) AS orders,
    toInt64(ifNull(sold.sold_units, 0)) AS units,
    ifNull(sold.sold_net, 0) AS net_sales,
    toUInt64(ifNull(sold.sold_online, 0)) AS online_orders,
    toUInt64(ifNull(steps.placed, 0)) AS pickups_ordered,
    toUInt64(ifNull(steps.ready, 0)) AS pickups_ready,
    toUInt64(ifNull(steps.collected, 0)) AS pickups_collected,
    if({by:String} = 'hour', NULL, toNullable(toUInt64(ifNull(steps.waiting, 0)))) AS pickups_waiting
FROM slots
LEFT JOIN sold ON sold.today_flag = slots.today_flag AND sold.slot = slots.slot
LEFT JOIN steps ON steps.today_flag = slots.today_flag AND steps.slot = slots.slot
ORDER BY is_today DESC, hour

-- Report:     P8
-- Question:   How often do stores not find what they pick, and cancel what they were sent?
-- Grain:      one row
-- Parameters: from, to, timeZone, location, channel
-- Freshness:  what was recorded when it is asked
-- Cost:       one pass over lines of orders, one over their steps
-- Columns:    lines_sent count — n: whose picking was begun, of orders placed in the window
--             short_lines count — of them, not fully found
--             short_pick_rate share — short_lines ÷ lines_sent
--             orders_sent count — n: orders placed in the window, for a location to fulfil
--             store_cancelled_orders count — of them, with something that staff cancelled
--             store_cancel_rate share — store_cancelled_orders ÷ orders_sent
WITH
    parts AS
    (
        SELECT origin, source, order_id, fulfilment_id, picking_at
        FROM all_fulfilments
        WHERE placed_at >= {from:DateTime64(3, 'UTC')} AND placed_at < {to:DateTime64(3, 'UTC')}
            AND (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
            AND (empty({channel:Array(String)}) OR has({channel:Array(String)}, channel))
    ),
    picked AS
    (
        SELECT count() AS sent, countIf(short > 0) AS found_short
        FROM all_order_units AS line
        INNER JOIN parts
            ON parts.origin = line.origin AND parts.source = line.source AND parts.order_id = line.order_id
            AND parts.fulfilment_id = line.fulfilment_id
        WHERE parts.picking_at IS NOT NULL
    )
SELECT
    (SELECT sent FROM picked) AS lines_sent,
    (SELECT found_short FROM picked) AS short_lines,
    if(lines_sent = 0, NULL, short_lines / lines_sent) AS short_pick_rate,
    uniqExact(origin, source, order_id) AS orders_sent,
    uniqExactIf(
        (origin, source, order_id),
        (origin, order_id) IN (SELECT origin, order_id FROM all_order_steps WHERE kind = 'cancelled' AND actor_kind = 'staff')
    ) AS store_cancelled_orders,
    if(orders_sent = 0, NULL, store_cancelled_orders / orders_sent) AS store_cancel_rate
FROM parts

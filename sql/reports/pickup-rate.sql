-- Report:     P1
-- Question:   How many of the online orders are picked up, in a store or in front of it?
-- Grain:      one row
-- Parameters: from, to, timeZone, location, channel
--             storeChannels: list = store — channels that are not online
-- Freshness:  what was recorded when it is asked
-- Cost:       one pass over fulfilments
-- Columns:    online_orders count — n: placed in the window, for a location to fulfil
--             pickup_orders count — of them, with something to be picked up
--             pickup_rate share — pickup_orders ÷ online_orders
SELECT
    count() AS online_orders,
    countIf(has_pickup) AS pickup_orders,
    if(online_orders = 0, NULL, pickup_orders / online_orders) AS pickup_rate
FROM
(
    SELECT source, order_id, max(is_pickup) AS has_pickup
    FROM all_fulfilments
    WHERE NOT has({store_channels:Array(String)}, channel)
        AND placed_at >= {from:DateTime64(3, 'UTC')} AND placed_at < {to:DateTime64(3, 'UTC')}
        AND (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
        AND (empty({channel:Array(String)}) OR has({channel:Array(String)}, channel))
    GROUP BY source, order_id
)

-- Report:     K8
-- Question:   How much is ordered online, of sales and of orders?
-- Grain:      one row
-- Parameters: from, to, timeZone, currency, location, channel, category, cohort, kind, free
--             storeChannels: list = store — channels that are not online
-- Freshness:  what was recorded a few seconds before it is asked: docs/reports.md
-- Cost:       one pass over order lines
-- Columns:    orders count — n: with something bought in the window, each once, in the channel where it was placed
--             online_orders count — placed in another channel than those of stores; a pickup is one, however it was got
--             online_order_share share — online_orders ÷ orders
--             pickup_orders count — of the online orders, collected in or at a store
--             net_sales money — after discounts and returns; a return counts in the channel of its order
--             online_net_sales money — of online orders
--             online_sales_share share — online_net_sales ÷ net_sales
WITH
    cohort_members AS
    (
        SELECT person_key
        FROM report_lines
        WHERE {cohort:String} != '' AND person_key != 0 AND (is_purchase OR ({free:String} = 'count' AND is_free))
        GROUP BY person_key
        HAVING formatDateTime(min(ordered_at), '%Y-%m', {time_zone:String}) = {cohort:String}
    ),
    counted AS
    (
        SELECT *, order_key, (is_purchase OR ({free:String} = 'count' AND is_free)) AS bought, NOT has({store_channels:Array(String)}, channel) AS is_online
        FROM report_lines
        WHERE ordered_at >= {from:DateTime64(3, 'UTC')} AND ordered_at < {to:DateTime64(3, 'UTC')}
            AND currency = {currency:String}
            AND (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
            AND (empty({channel:Array(String)}) OR has({channel:Array(String)}, channel))
            AND (empty({category:Array(String)}) OR has({category:Array(String)}, category))
            AND ({kind:String} = 'all' OR kind = 'merchandise')
            AND ({cohort:String} = '' OR person_key IN (SELECT person_key FROM cohort_members))
    )
SELECT
    uniqExactIf(order_key, bought) AS orders,
    uniqExactIf(order_key, bought AND is_online) AS online_orders,
    if(orders = 0, NULL, online_orders / orders) AS online_order_share,
    uniqExactIf(order_key, bought AND is_online AND method IN ('pickup', 'curbside')) AS pickup_orders,
    sum(net) AS net_sales,
    sumIf(net, is_online) AS online_net_sales,
    if(net_sales = 0, NULL, toFloat64(online_net_sales) / toFloat64(net_sales)) AS online_sales_share
FROM counted

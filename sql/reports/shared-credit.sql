-- Report:     -
-- Question:   What did stores and online sell together, with credit for both and nothing counted twice?
-- Grain:      one row, or one a location that had a part in a sale
-- Parameters: from, to, timeZone, currency, location, channel, category, cohort, kind, free
--             storeChannels: list = store — channels that are not online
--             by: all|location = all — a row for each of these
-- Freshness:  what was recorded a few seconds before it is asked: docs/reports.md
-- Cost:       one pass over order lines
-- Columns:    group text — the location; all
--             orders count — in which it had a part
--             net_sales money — of all sales in which it had a part, each once, after discounts and returns
--             store_net_sales money — stores had a part: ordered in a store, or handed over or sent by one, or saved by one that had none left
--             online_net_sales money — online had a part: ordered online
--             shared_net_sales money — both had: store_net_sales + online_net_sales − shared_net_sales = net_sales
--             shared_orders count — in which both had a part
--             saved_orders count — that came about in a store that had none left, and went to another place. In rows of locations both have the credit, so that rows add up to more than all
--             saved_net_sales money — of these orders
WITH
    cohort_members AS
    (
        SELECT person_id
        FROM report_lines
        WHERE {cohort:String} != '' AND person_id != '' AND (is_purchase OR ({free:String} = 'count' AND is_free))
        GROUP BY person_id
        HAVING formatDateTime(min(ordered_at), '%Y-%m', {time_zone:String}) = {cohort:String}
    ),
    saved AS (SELECT saved_order_id, any(location_id) AS asked_at FROM all_misses WHERE saved_order_id != '' GROUP BY saved_order_id),
    credited AS
    (
        SELECT
            source, order_id, net, bought, asked_at != '' AS is_saved, is_online,
            NOT is_online OR is_saved OR method IN ('carry_out', 'pickup', 'curbside', 'ship_from_store') AS is_of_store,
            arrayJoin(if({by:String} = 'all', ['all'], arrayDistinct(arrayFilter(one -> one != '', [location_id, asked_at])))) AS group
        FROM
        (
            SELECT *, (is_purchase OR ({free:String} = 'count' AND is_free)) AS bought, NOT has({store_channels:Array(String)}, channel) AS is_online
            FROM report_lines
            WHERE ordered_at >= {from:DateTime64(3, 'UTC')} AND ordered_at < {to:DateTime64(3, 'UTC')}
                AND currency = {currency:String}
                AND (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
                AND (empty({channel:Array(String)}) OR has({channel:Array(String)}, channel))
                AND (empty({category:Array(String)}) OR has({category:Array(String)}, category))
                AND ({kind:String} = 'all' OR kind = 'merchandise')
                AND ({cohort:String} = '' OR person_id IN (SELECT person_id FROM cohort_members))
        ) AS lines
        LEFT ANY JOIN saved ON saved.saved_order_id = lines.order_id
    )
SELECT
    group,
    uniqExactIf((source, order_id), bought) AS orders,
    sum(net) AS net_sales,
    sumIf(net, is_of_store) AS store_net_sales,
    sumIf(net, is_online) AS online_net_sales,
    sumIf(net, is_of_store AND is_online) AS shared_net_sales,
    uniqExactIf((source, order_id), bought AND is_of_store AND is_online) AS shared_orders,
    uniqExactIf((source, order_id), bought AND is_saved) AS saved_orders,
    sumIf(net, is_saved) AS saved_net_sales
FROM credited
GROUP BY group
ORDER BY group

-- Report:     K8
-- Question:   In which channels is ordered, and what does each bring?
-- Grain:      one row a channel with something bought or brought back in the window, the largest first
-- Parameters: from, to, timeZone, currency, location, channel, category, cohort, kind, free
--             storeChannels: list = store — channels that are not online
-- Freshness:  what was recorded when it is asked
-- Cost:       one pass over order lines
-- Columns:    channel text — where orders were placed
--             is_online flag — 1 for another channel than those of stores
--             orders count — with something bought in the window, each once; without identity too
--             order_share share — orders ÷ those of all rows
--             customers count — who bought in it and are known; who bought in two channels is in both rows
--             net_sales money — after discounts and returns; a return counts in the channel of its order
--             sales_share share — net_sales ÷ those of all rows
--             average_order_value money — net_sales ÷ orders
WITH
    cohort_members AS
    (
        SELECT person_id
        FROM sales_lines
        WHERE {cohort:String} != '' AND person_id != '' AND (is_purchase OR ({free:String} = 'count' AND is_free))
        GROUP BY person_id
        HAVING formatDateTime(min(ordered_at), '%Y-%m', {time_zone:String}) = {cohort:String}
    )
SELECT
    channel,
    NOT has({store_channels:Array(String)}, channel) AS is_online,
    uniqExactIf((source, order_id), bought) AS orders,
    if(sum(orders) OVER () = 0, NULL, orders / sum(orders) OVER ()) AS order_share,
    uniqExactIf(person_id, bought AND person_id != '') AS customers,
    sum(net) AS net_sales,
    if(sum(net_sales) OVER () = 0, NULL, toFloat64(net_sales) / toFloat64(sum(net_sales) OVER ())) AS sales_share,
    if(orders = 0, NULL, toFloat64(net_sales) / orders) AS average_order_value
FROM
(
    SELECT *, (is_purchase OR ({free:String} = 'count' AND is_free)) AS bought
    FROM sales_lines
    WHERE ordered_at >= {from:DateTime64(3, 'UTC')} AND ordered_at < {to:DateTime64(3, 'UTC')}
        AND currency = {currency:String}
        AND (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
        AND (empty({channel:Array(String)}) OR has({channel:Array(String)}, channel))
        AND (empty({category:Array(String)}) OR has({category:Array(String)}, category))
        AND ({kind:String} = 'all' OR kind = 'merchandise')
        AND ({cohort:String} = '' OR person_id IN (SELECT person_id FROM cohort_members))
)
GROUP BY channel
ORDER BY net_sales DESC, channel

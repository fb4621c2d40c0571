-- Report:     P9
-- Question:   Are online orders brought back to stores, exchanged, and soon for sale again?
-- Grain:      one row
-- Parameters: from, to, timeZone, location, channel
--             storeChannels: list = store — channels that are not online
-- Freshness:  what was recorded when it is asked
-- Cost:       one pass over returns
-- Columns:    returns count — n: lines that came back in the window, wherever they were bought
--             online_returns count — of them, of online orders
--             online_returns_in_store count — of those, over the counter of a store
--             in_store_share share — online_returns_in_store ÷ online_returns
--             returns_in_store count — lines of returns over the counter, wherever they were bought
--             exchanges count — of them, with something taken in exchange
--             exchange_rate share — exchanges ÷ returns_in_store
--             to_sellable_p50 minutes — from the return until it could be sold, median of those that could
--             to_sellable_p90 minutes — nine in ten were sooner
SELECT
    count() AS returns,
    countIf(is_online) AS online_returns,
    countIf(is_online AND way = 'in_store') AS online_returns_in_store,
    if(online_returns = 0, NULL, online_returns_in_store / online_returns) AS in_store_share,
    countIf(way = 'in_store') AS returns_in_store,
    countIf(way = 'in_store' AND exchange_order_id != '') AS exchanges,
    if(returns_in_store = 0, NULL, exchanges / returns_in_store) AS exchange_rate,
    quantileExactInclusiveOrNull(0.5)(seconds_to_sellable) / 60 AS to_sellable_p50,
    quantileExactInclusiveOrNull(0.9)(seconds_to_sellable) / 60 AS to_sellable_p90
FROM
(
    SELECT *, bought_channel != '' AND NOT has({store_channels:Array(String)}, bought_channel) AS is_online
    FROM all_returns
    WHERE returned_at >= {from:DateTime64(3, 'UTC')} AND returned_at < {to:DateTime64(3, 'UTC')}
        AND (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
        AND (empty({channel:Array(String)}) OR has({channel:Array(String)}, bought_channel))
)

-- Report:     P9
-- Question:   Are online orders brought back to stores, exchanged, and soon for sale again?
-- Grain:      one row
-- Parameters: from, to, timeZone, location, channel
--             storeChannels: list = store — channels that are not online
--             withinMinutes: integer 1..1440 = 60 — after the return
-- Freshness:  what was recorded a few seconds before it is asked: docs/reports.md
-- Cost:       one pass over returns, one over what was carried out of stores
-- Columns:    returns count — n: lines that came back in the window, wherever they were bought
--             online_returns count — of them, of online orders
--             online_returns_in_store count — of those, over the counter of a store
--             in_store_share share — online_returns_in_store ÷ online_returns
--             returns_in_store count — lines of returns over the counter, wherever they were bought
--             exchanges count — of them, with something taken in exchange
--             exchange_rate share — exchanges ÷ returns_in_store
--             known_returns_in_store count — of the returns over the counter, by customers who are known: of others nobody can say
--             purchases_after count — of them, with a purchase by the same person in the same store after it, within the time; not what was taken in exchange
--             purchase_after_rate share — purchases_after ÷ known_returns_in_store
--             to_sellable_p50 minutes — from the return until it could be sold, median of those that could
--             to_sellable_p90 minutes — nine in ten were sooner
WITH
    receipts AS
    (
        SELECT person_id, location_id, groupUniqArray((ordered_at, order_id)) AS purchases
        FROM report_lines
        WHERE person_id != '' AND method = 'carry_out' AND is_purchase
        GROUP BY person_id, location_id
    ),
    brought AS
    (
        SELECT
            all_returns.location_id AS location_id, way, exchange_order_id, returned_at, seconds_to_sellable,
            bought_channel != '' AND NOT has({store_channels:Array(String)}, bought_channel) AS is_online,
            if(keys.person_id != '', keys.person_id, all_returns.customer_id) AS person_id
        FROM all_returns
        LEFT ANY JOIN (SELECT customer_id, person_id FROM customer_keys WHERE source = '') AS keys
            ON keys.customer_id = all_returns.customer_id
        WHERE returned_at >= {from:DateTime64(3, 'UTC')} AND returned_at < {to:DateTime64(3, 'UTC')}
            AND (empty({location:Array(String)}) OR has({location:Array(String)}, all_returns.location_id))
            AND (empty({channel:Array(String)}) OR has({channel:Array(String)}, bought_channel))
    )
SELECT
    count() AS returns,
    countIf(is_online) AS online_returns,
    countIf(is_online AND way = 'in_store') AS online_returns_in_store,
    if(online_returns = 0, NULL, online_returns_in_store / online_returns) AS in_store_share,
    countIf(way = 'in_store') AS returns_in_store,
    countIf(way = 'in_store' AND exchange_order_id != '') AS exchanges,
    if(returns_in_store = 0, NULL, exchanges / returns_in_store) AS exchange_rate,
    countIf(way = 'in_store' AND brought.person_id != '') AS known_returns_in_store,
    countIf(
        way = 'in_store' AND brought.person_id != '' AND arrayExists(
            purchase -> purchase.1 > returned_at AND purchase.1 <= returned_at + toIntervalMinute({within_minutes:UInt32})
                AND purchase.2 != exchange_order_id,
            receipts.purchases)
    ) AS purchases_after,
    if(known_returns_in_store = 0, NULL, purchases_after / known_returns_in_store) AS purchase_after_rate,
    quantileExactInclusiveOrNull(0.5)(seconds_to_sellable) / 60 AS to_sellable_p50,
    quantileExactInclusiveOrNull(0.9)(seconds_to_sellable) / 60 AS to_sellable_p90
FROM brought
LEFT JOIN receipts ON receipts.person_id = brought.person_id AND receipts.location_id = brought.location_id

-- Question:   Was this very item sold, in which order or by which till, and did it come back since?
-- Grain:      one row an item that the ledger knows
-- Parameters: epcs, identities
-- Freshness:  what ingest has committed
-- Cost:       the granules that a bloom filter on items.epc leaves: a few of the whole ledger
SELECT
    one AS epc,
    argMax(item_gtin, ordinal) AS gtin,
    argMax(item_status, ordinal) AS status,
    maxIf(ordinal, is_sale) AS sold_ordinal,
    maxIf(ordinal, is_return) AS back_ordinal,
    argMaxIf(order_id, ordinal, is_sale) AS sold_order_id,
    argMaxIf(receipt_id, ordinal, is_sale) AS sold_receipt_id,
    argMaxIf(at_ms, ordinal, is_sale) AS sold_at_ms
FROM
(
    SELECT
        ordinal,
        toUnixTimestamp64Milli(occurred_at) AS at_ms,
        arrayJoin(arrayIntersect(items.epc, {epcs:Array(String)})) AS one,
        items.gtin[indexOf(items.epc, one)] AS item_gtin,
        items.status[indexOf(items.epc, one)] AS item_status,
        arrayFirstIndex((of, reason, units) -> of = one AND reason = 'sold' AND units < 0,
            movements.epc, movements.reason, movements.quantity) AS sale_at,
        sale_at > 0 AS is_sale,
        arrayExists((of, reason, units) -> of = one AND reason = 'returned' AND units > 0,
            movements.epc, movements.reason, movements.quantity) AS is_return,
        if(is_sale, movements.order_id[sale_at], '') AS order_id,
        concat(location_id, '/', replaceOne(source, 'pos/', ''), '/', JSONExtractString(body, 'transactionId')) AS receipt_id
    FROM events
    WHERE hasAny(items.epc, {epcs:Array(String)})
)
GROUP BY one

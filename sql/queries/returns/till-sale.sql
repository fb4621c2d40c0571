-- Question:   What did a till's transaction sell, and what of it was voided?
-- Grain:      one row an event: sales and exchanges of this transaction, and voids that name it, in their order
-- Parameters: location_id, source (pos/{terminal}; '' = any till), transaction_id
-- Freshness:  what ingest has committed
-- Cost:       the till events of one location
SELECT
    event_type, source, body, recorded_at,
    arrayFilter((epc, reason) -> epc != '' AND reason = 'sold', movements.epc, movements.reason) AS epcs,
    arrayFilter((gtin, epc, reason) -> epc != '' AND reason = 'sold', movements.gtin, movements.epc, movements.reason) AS epc_gtins
FROM events
WHERE location_id = {location_id:String} AND event_type IN ('sale', 'exchange', 'void')
    AND ({source:String} = '' OR source = {source:String})
    AND (
        (event_type != 'void' AND JSONExtractString(body, 'transactionId') = {transaction_id:String})
        OR (event_type = 'void' AND JSONExtractString(body, 'voids', 'transactionId') = {transaction_id:String})
    )
ORDER BY ordinal
LIMIT 100

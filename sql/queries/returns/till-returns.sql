-- Question:   What of a till's transaction came back, by any till?
-- Grain:      one row a product
-- Parameters: location_id and transaction_id of the sale; since, when it was recorded
-- Freshness:  what ingest has committed
-- Cost:       the returns of the ledger since then
SELECT
    toUInt64OrZero(if(JSONHas(line, 'gtin'), JSONExtractString(line, 'gtin'), JSONExtractString(line, 'gtin14'))) AS gtin,
    sum(JSONExtractUInt(line, 'quantity')) AS quantity
FROM events
ARRAY JOIN JSONExtractArrayRaw(body, 'lines') AS line
WHERE event_type IN ('return', 'exchange') AND recorded_at >= {since:DateTime64(3, 'UTC')}
    AND JSONExtractString(line, 'original', 'transactionId') = {transaction_id:String}
    AND JSONExtractString(line, 'original', 'storeId') IN ({location_id:String}, '')
    AND (event_type = 'return' OR JSONExtractString(line, 'type') = 'return')
GROUP BY gtin

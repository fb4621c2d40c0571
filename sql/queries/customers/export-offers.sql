-- Question:   Which offers were issued to these records, and which did they redeem?
-- Grain:      one row an issue or a redemption
-- Parameters: customer_ids
-- Freshness:  the instant of the query
-- Cost:       a scan of one column of the offers' events
SELECT offer_id, kind, event_id, code, issuing_channel, redeeming_channel, order_id, at
FROM offer_events
WHERE customer_id IN {customer_ids:Array(String)}
ORDER BY at, ordinal

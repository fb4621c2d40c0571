-- Question:   What availability was each webhook last told?
-- Grain:      one row a webhook, location and product that was not 0
-- Parameters: none
-- Freshness:  the instant of the query
-- Cost:       at most 100,000 rows a webhook; once, at a start
SELECT webhook_id, location_id, gtin, available
FROM webhook_told FINAL
WHERE available != 0

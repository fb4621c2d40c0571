-- Question:   How are the tags of these products encoded? (A Digital Link does not tell how long its company prefix is.)
-- Grain:      one row a product of which an item is known: any one of its EPCs
-- Parameters: gtins
-- Freshness:  the instant of the query
-- Cost:       one column of the whole ledger
SELECT gtin, any(epc) AS epc
FROM item_history
WHERE gtin IN {gtins:Array(UInt64)}
GROUP BY gtin

-- Question:   Which items does the ledger know?
-- Grain:      one row an item, in the order of its hex
-- Parameters: after, the last one of the page before; page_rows
-- Freshness:  the instant of the query
-- Cost:       one column of the whole ledger
SELECT DISTINCT epc
FROM item_history
WHERE epc > {after:String}
ORDER BY epc
LIMIT {page_rows:UInt32}

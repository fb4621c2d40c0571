-- Question:   Which of these items are on hand, and where?
-- Grain:      one row an item
-- Parameters: epcs, hex of their identities
-- Freshness:  the instant of the query
-- Cost:       a bloom filter passes over what cannot hold them
SELECT item_epc AS epc, argMax(item_location_id, ordinal) AS location_id
FROM events
ARRAY JOIN items.epc AS item_epc, items.location_id AS item_location_id, items.status AS item_status
WHERE hasAny(items.epc, {epcs:Array(String)}) AND item_epc IN {epcs:Array(String)}
GROUP BY item_epc
HAVING argMax(item_status, ordinal) IN ('present', 'exiting')

-- Question:   Which changes of orders came after one?
-- Grain:      one row a change, in the order of their ordinals
-- Parameters: after, the last ordinal that is known; page_rows
-- Freshness:  what is committed; a group commit is seen whole or not at all
-- Cost:       the granules after that ordinal, by the primary key
SELECT ordinal, kind, decided_at, fulfilment_id, order_json
FROM order_events
WHERE ordinal > {after:UInt64}
ORDER BY ordinal
LIMIT {page_rows:UInt32}

-- Question:   Which movements of a location did a follower miss?
-- Grain:      one row a movement, in the order of its sequence
-- Parameters: location_id; after, the last sequence that was applied; page_rows
-- Freshness:  what is committed
-- Cost:       the events of one location; used only after a message was lost
SELECT sequence, gtin, state, quantity, reservation_id
FROM movements
WHERE location_id = {location_id:String} AND sequence > {after:UInt64}
ORDER BY sequence
LIMIT {page_rows:UInt32}

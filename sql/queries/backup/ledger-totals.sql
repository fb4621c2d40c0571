-- Question:   What does the ledger add up to at each location, through one event?
-- Grain:      one row a location and state of stock, by location and state
-- Parameters: through, the ordinal of the last event that counts
-- Freshness:  what is committed; the same for ever, since no event is ever changed
-- Cost:       the movements of all events, once
SELECT location_id, state, count() AS movements, max(sequence) AS last_sequence, sum(quantity) AS units
FROM movements
WHERE ordinal <= {through:UInt64}
GROUP BY location_id, state
ORDER BY location_id, state

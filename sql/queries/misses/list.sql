-- Question:   What could not be had, the newest first?
-- Grain:      one row a miss
-- Parameters: location_id, status ('' = all); before_ordinal, of the last row of the page before; page_rows
-- Freshness:  what is committed
-- Cost:       the last change of each miss: for people, not for a loop
SELECT first_ordinal, miss_json AS document
FROM misses
WHERE first_ordinal < {before_ordinal:UInt64}
    AND ({location_id:String} = '' OR location_id = {location_id:String})
    AND ({status:String} = '' OR status = {status:String})
ORDER BY first_ordinal DESC
LIMIT {page_rows:UInt32}

-- Question:   To which product is this tag mapped?
-- Grain:      one row, or none
-- Parameters: identity, its key
-- Freshness:  the instant of the query
-- Cost:       by primary key
SELECT identity, gtin, note, fromUnixTimestamp64Micro(toInt64(version), 'UTC') AS changed_at
FROM tag_mappings FINAL
WHERE identity = {identity:String} AND is_deleted = 0

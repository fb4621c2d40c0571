-- Question:   What is stored of these tags, deleted ones too?
-- Grain:      one row a tag that is stored
-- Parameters: identities
-- Freshness:  the instant of the query
-- Cost:       one key each of the primary index
SELECT identity, gtin, note, is_deleted
FROM tag_mappings FINAL
WHERE identity IN {identities:Array(String)}

-- Question:   Which foreign tags are on which product?
-- Grain:      one row per tag
-- Parameters: none
-- Freshness:  what the server has committed
-- Cost:       a full read of the table
SELECT identity, gtin
FROM tag_mappings FINAL
WHERE is_deleted = 0

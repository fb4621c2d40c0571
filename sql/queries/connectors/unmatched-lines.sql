-- Question:   Which lines of the book of a connected shop have one of these codes and no product?
-- Grain:      one row a location and code
-- Parameters: source, the connector; codes
-- Freshness:  the instant of the query
-- Cost:       the lines of the source
SELECT location_id, code, quantity, as_of
FROM erp_live_lines FINAL
WHERE source = {source:String} AND code IN {codes:Array(String)} AND gtin = 0

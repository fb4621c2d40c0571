-- Question:   Was anything of this source imported before?
-- Grain:      one row
-- Parameters: source
-- Freshness:  the instant of the query
-- Cost:       one granule
SELECT count() AS lines FROM (SELECT 1 FROM order_lines WHERE source = {source:String} LIMIT 1)

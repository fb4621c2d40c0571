-- Question:   How many lines of past orders has a source?
-- Grain:      one row
-- Parameters: source
-- Freshness:  the instant of the query
-- Cost:       the keys of the source's lines
SELECT count() AS lines FROM order_lines FINAL WHERE source = {source:String}

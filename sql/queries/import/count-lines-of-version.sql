-- Question:   How many lines did one run of an import write?
-- Grain:      one row
-- Parameters: source; version: that of the run
-- Freshness:  the instant of the query
-- Cost:       one column of the source's lines
SELECT count() AS lines FROM order_lines WHERE source = {source:String} AND version = {version:UInt64}

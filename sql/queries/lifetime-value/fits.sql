-- Question:   Which fits of lifetime value were there?
-- Grain:      one row a run, currency and measure; the newest first
-- Parameters: page_rows
-- Freshness:  what is committed; a run is there once it is whole
-- Cost:       a small table
SELECT *
FROM lifetime_value_fits
ORDER BY run DESC, currency, measure
LIMIT {page_rows:UInt32}

-- Question:   When did the newest prediction of lifetime value look at the data?
-- Grain:      one row; null when there is none
-- Parameters: none
-- Freshness:  what is committed; a run is there once it is whole
-- Cost:       a small table
SELECT if(count() = 0, NULL, max(started_at)) AS data_through
FROM lifetime_value_fits

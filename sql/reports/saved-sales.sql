-- Report:     P10
-- Question:   Of the shoppers for whom a store had none, how many got it from another place?
-- Grain:      one row
-- Parameters: from, to, timeZone, location, channel
-- Freshness:  what was recorded when it is asked
-- Cost:       one pass over misses
-- Columns:    misses count — n
--             saved count — of them, with an order for another place
--             saved_share share — saved ÷ misses
SELECT
    count() AS misses,
    countIf(is_saved) AS saved,
    if(misses = 0, NULL, saved / misses) AS saved_share
FROM all_misses
WHERE missed_at >= {from:DateTime64(3, 'UTC')} AND missed_at < {to:DateTime64(3, 'UTC')}
    AND (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
    AND (empty({channel:Array(String)}) OR has({channel:Array(String)}, channel))

-- Question:   Which writers wrote a row with this ordinal? One, if all is well
-- Grain:      one row per epoch
-- Parameters: ordinal
-- Freshness:  what is committed
-- Cost:       one granule; asked after the first block of a writer and after a repeat
SELECT DISTINCT epoch FROM connector_log WHERE ordinal = {ordinal:UInt64}

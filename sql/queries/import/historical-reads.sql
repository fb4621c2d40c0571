-- Question:   Which of these reads of the past are stored already?
-- Grain:      one row per read that is
-- Parameters: locations; first and last, the time of the reads in Unix microseconds; keys, as made below
-- Freshness:  what has been imported
-- Cost:       the imported reads of these locations in that time
SELECT DISTINCT concat(location_id, '/', reader_id, '/', toString(read_antenna), '/', read_epc, '/',
    toString(toUnixTimestamp64Milli(read_at))) AS key
FROM read_batches
ARRAY JOIN epc AS read_epc, antenna AS read_antenna, observed_at AS read_at
WHERE location_id IN {locations:Array(String)}
    AND taken_ordinal <= {last:UInt64}
    AND taken_ordinal + if(empty(message_after), 0, message_after[-1]) >= {first:UInt64}
    AND verdict[1] = 'historical'
    AND key IN {keys:Array(String)}

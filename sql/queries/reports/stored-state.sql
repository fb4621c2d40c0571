-- Question:   Has anything been written to these tables, changed or taken out?
-- Grain:      one row; the same state: no; another: yes. A merge of parts changes nothing
-- Parameters: tables
-- Freshness:  now
-- Cost:       a row of metadata for each part of the tables
SELECT toString(cityHash64(arraySort(groupArray(stored)))) AS state
FROM
(
    SELECT (table, partition_id, min(min_block_number), max(max_block_number), max(data_version)) AS stored
    FROM system.parts
    WHERE database = currentDatabase() AND active AND has({tables:Array(String)}, table)
    GROUP BY table, partition_id
)

-- Question:   How many rows has the statement of a name read that runs now?
-- Grain:      one row a running statement
-- Parameters: name
-- Freshness:  now
-- Cost:       ClickHouse's own memory
SELECT read_rows AS rows FROM system.processes WHERE Settings['log_comment'] = {name:String}

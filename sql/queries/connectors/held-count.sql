-- Question:   How many messages of connected shops wait for a person?
-- Grain:      one row
-- Parameters: none
-- Freshness:  what is committed
-- Cost:       three columns of the table; asked when a writer begins
SELECT countIf(status = 'held') AS held
FROM (SELECT argMax(kind, ordinal) AS status FROM connector_log WHERE document_id != '' GROUP BY document_id)

-- Question:   What is the last change of any message of a connector, and the newest epoch of a writer?
-- Grain:      one row
-- Parameters: none
-- Freshness:  what is committed
-- Cost:       two columns of the table
SELECT max(ordinal) AS last_ordinal, max(epoch) AS last_epoch FROM connector_log

-- Question:   Up to which event does the ledger go?
-- Grain:      one row
-- Parameters: none
-- Freshness:  the instant of the query
-- Cost:       one column of the table
SELECT max(ordinal) AS ordinal FROM events

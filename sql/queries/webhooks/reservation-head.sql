-- Question:   How many changes of reservations are there?
-- Grain:      one row: the last ordinal, 0 for none
-- Parameters: none
-- Freshness:  the instant of the query
-- Cost:       the ordinals of the newest part
SELECT max(ordinal) AS ordinal FROM reservation_events

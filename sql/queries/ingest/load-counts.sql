-- Question:   What was told of counts lately, and what came of them?
-- Grain:      one row per event of a count, in the order of commitment
-- Parameters: since, the oldest time of recording; through, the ordinal of the last event to look at
-- Freshness:  what ingest has committed
-- Cost:       the event types of some days, and the bodies of those few events
SELECT location_id, event_type, body
FROM events
WHERE event_type IN ('count_started', 'count_reads', 'count_ended', 'count_decided')
  AND recorded_at >= {since:DateTime64(3)} AND ordinal <= {through:UInt64}
ORDER BY ordinal

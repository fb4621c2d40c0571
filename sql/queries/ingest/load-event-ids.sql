-- Question:   Which stock events were recorded lately, and with which content?
-- Grain:      one row per event of a till, a person or another system (not the item events made of reads)
-- Parameters: since, the oldest time of recording; limit, at most so many, the newest
-- Freshness:  what ingest has committed
-- Cost:       three columns of the newest partitions
SELECT event_id, toString(body_hash) AS body_hash, ordinal
FROM events
WHERE recorded_at >= {since:DateTime64(3)} AND NOT startsWith(event_type, 'item_') AND event_type != 'transfer_seen'
ORDER BY ordinal DESC
LIMIT {limit:UInt32}

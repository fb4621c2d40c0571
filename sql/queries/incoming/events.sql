-- Question:   What was told of goods that are to come: announcements, receipts that name one, transfers, items read in by one?
-- Grain:      one row per event, or (with an empty body) per item that a reader saw come in
-- Parameters: since and until, bounds of the time of recording (both within)
-- Freshness:  what ingest has committed
-- Cost:       these types of events of the time asked for
SELECT
    ordinal, location_id, event_type, body, toUnixTimestamp64Milli(occurred_at) AS occurred_at_ms,
    toUnixTimestamp64Milli(recorded_at) AS recorded_at_ms,
    arrayFilter(epc -> epc != '', movements.epc) AS epcs, CAST([], 'Array(UInt64)') AS gtins
FROM events
WHERE event_type IN ('expected_receipt', 'receipt', 'transfer_out', 'transfer_in')
  AND (event_type != 'receipt' OR JSONHas(body, 'reference'))
  AND recorded_at >= {since:DateTime64(3, 'UTC')} AND recorded_at <= {until:DateTime64(3, 'UTC')}
UNION ALL
SELECT
    ordinal, location_id, event_type, '' AS body, toUnixTimestamp64Milli(occurred_at) AS occurred_at_ms,
    toUnixTimestamp64Milli(recorded_at) AS recorded_at_ms,
    arrayFilter((epc, reason) -> reason = 'transferred_in' AND epc != '', movements.epc, movements.reason) AS epcs,
    arrayFilter((gtin, reason, epc) -> reason = 'transferred_in' AND epc != '', movements.gtin, movements.reason, movements.epc) AS gtins
FROM events
WHERE event_type IN ('item_seen', 'item_moved', 'item_transferred') AND has(movements.reason, 'transferred_in')
  AND recorded_at >= {since:DateTime64(3, 'UTC')} AND recorded_at <= {until:DateTime64(3, 'UTC')}
ORDER BY ordinal

-- Question:   Which returns changed since an instant?
-- Grain:      one row a change, in their order
-- Parameters: since
-- Freshness:  what is committed
-- Cost:       the newest rows of the table; asked when a writer begins
SELECT kind, document FROM return_log WHERE document_id != '' AND decided_at >= {since:DateTime64(3, 'UTC')} ORDER BY ordinal LIMIT 10000

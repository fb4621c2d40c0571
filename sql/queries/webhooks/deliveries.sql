-- Question:   What was sent to a webhook, newest first, and how was it answered?
-- Grain:      one row a delivery
-- Parameters: webhook_id; status ('' = all); delivery_id ('' = all); before_ms and before_id, the last row of the page before;
--             page_rows
-- Freshness:  the instant of the query; an attempt shows within a second
-- Cost:       the deliveries of one webhook in 30 days
SELECT webhook_id, created_at, delivery_id, event_type, body, status, attempts, last_attempt_at, next_attempt_at, response_code,
       error, duration_ms
FROM webhook_deliveries FINAL
WHERE webhook_id = {webhook_id:String}
  AND ({status:String} = '' OR status = {status:String})
  AND ({delivery_id:String} = '' OR delivery_id = {delivery_id:String})
  AND (toUnixTimestamp64Milli(created_at), delivery_id) < ({before_ms:Int64}, {before_id:String})
ORDER BY created_at DESC, delivery_id DESC
LIMIT {page_rows:UInt32}

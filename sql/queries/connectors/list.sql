-- Question:   Which messages came from a connected shop, the newest first?
-- Grain:      one row a message
-- Parameters: connector_id ('' = any), status ('' = any), subject ('' = any); before_ordinal, of the last row of the page before; page_rows
-- Freshness:  what is committed
-- Cost:       the last change of each message of 400 days: for people, not for a loop
SELECT first_ordinal, message AS document
FROM connector_messages
WHERE first_ordinal < {before_ordinal:UInt64}
    AND ({connector_id:String} = '' OR connector_id = {connector_id:String})
    AND ({status:String} = '' OR status = {status:String})
    AND ({subject:String} = '' OR subject = {subject:String})
ORDER BY first_ordinal DESC
LIMIT {page_rows:UInt32}

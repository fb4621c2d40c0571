-- Question:   Which returns were taken in, the newest first?
-- Grain:      one row a return
-- Parameters: location_id, bought_id, status ('' = all); is_flagged (2 = all, 1: something did not fit, or an order did not note it);
--             before_ordinal, of the last row of the page before; page_rows
-- Freshness:  what is committed
-- Cost:       the last change of each return: for people, not for a loop
SELECT first_ordinal, return_json AS document
FROM returns
WHERE first_ordinal < {before_ordinal:UInt64}
    AND ({location_id:String} = '' OR location_id = {location_id:String})
    AND ({bought_id:String} = '' OR bought_id = {bought_id:String})
    AND ({status:String} = '' OR status = {status:String})
    AND ({is_flagged:UInt8} = 2 OR ((is_flagged OR refusal_code != '') AND status != 'refused') = {is_flagged:UInt8})
ORDER BY first_ordinal DESC
LIMIT {page_rows:UInt32}

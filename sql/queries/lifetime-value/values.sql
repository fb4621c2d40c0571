-- Question:   Who is expected to be worth most?
-- Grain:      one row a person, currency and measure; the largest value first
-- Parameters: currency ('' = any), measure, person_id ('' = any), page_rows, page_offset
-- Freshness:  of the newest whole run
-- Cost:       the values of all persons
SELECT *
FROM lifetime_values_now
WHERE measure = {measure:String}
  AND ({currency:String} = '' OR currency = {currency:String})
  AND ({person_id:String} = '' OR person_id = {person_id:String})
ORDER BY currency, value DESC NULLS LAST, person_id
LIMIT {page_rows:UInt32} OFFSET {page_offset:UInt32}

-- Question:   Which annotations touch a range of days?
-- Grain:      one row an annotation, the newest day first
-- Parameters: annotation_id (empty: all), first_day and last_day (such as 2026-11-27), location_id (empty: of all locations; else of
--             this one and of the whole company), most_rows
-- Freshness:  the instant of the query
-- Cost:       a table of at most some thousand rows
SELECT annotation_id, toString(from_day) AS from_text, toString(to_day) AS to_text, location_id, text, created_at, created_by,
       changed_at, changed_by
FROM annotations FINAL
WHERE is_deleted = 0
  AND ({annotation_id:String} = '' OR annotation_id = {annotation_id:String})
  AND from_day <= {last_day:Date}
  AND to_day >= {first_day:Date}
  AND ({location_id:String} = '' OR location_id IN ('', {location_id:String}))
ORDER BY from_day DESC, annotation_id
LIMIT {most_rows:UInt32}

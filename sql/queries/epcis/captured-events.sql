-- Question:   Which captured events may answer a query, after a place in its order? What is chosen here may be more than
--             asked for, never less: the last word is matchesQuery's.
-- Grain:      one row an event
-- Parameters: sign (1 = ascending, -1 = descending), by_event_time (1 = ordered by event time, else by record time);
--             after_ms (already signed), after_same (1 = rows of the same instant may follow) and after_id, after_declaration;
--             from/before of both times in Unix milliseconds; lists (empty = all) of event_ids, event_types, actions, biz_steps,
--             dispositions, read_points, biz_locations; epcs and epc_starts, classes and class_starts with has_epcs,
--             has_classes (0 = not asked about); page_rows
-- Freshness:  the instant of the query
-- Cost:       the parts and granules of the asked times, ids and EPCs; without them the columns of the whole table
SELECT
    event_id, is_declaration, record_time, event_time, body,
    {sign:Int8} * toUnixTimestamp64Milli(if({by_event_time:UInt8} = 1, event_time, record_time)) AS place_ms
FROM epcis_events
WHERE record_time >= fromUnixTimestamp64Milli({record_from_ms:Int64}, 'UTC')
  AND record_time < fromUnixTimestamp64Milli({record_before_ms:Int64}, 'UTC')
  AND event_time >= fromUnixTimestamp64Milli({event_from_ms:Int64}, 'UTC')
  AND event_time < fromUnixTimestamp64Milli({event_before_ms:Int64}, 'UTC')
  AND (empty({event_ids:Array(String)}) OR event_id IN {event_ids:Array(String)})
  AND (empty({event_types:Array(String)}) OR event_type IN {event_types:Array(String)})
  AND (empty({actions:Array(String)}) OR action IN {actions:Array(String)})
  AND (empty({biz_steps:Array(String)}) OR biz_step IN {biz_steps:Array(String)})
  AND (empty({dispositions:Array(String)}) OR disposition IN {dispositions:Array(String)})
  AND (empty({read_points:Array(String)}) OR read_point IN {read_points:Array(String)})
  AND (empty({biz_locations:Array(String)}) OR biz_location IN {biz_locations:Array(String)})
  AND ({has_epcs:UInt8} = 0 OR hasAny(epcs, {epcs:Array(String)})
       OR arrayExists(epc -> arrayExists(start -> startsWith(epc, start), {epc_starts:Array(String)}), epcs))
  AND ({has_classes:UInt8} = 0 OR hasAny(classes, {classes:Array(String)})
       OR arrayExists(class -> arrayExists(start -> startsWith(class, start), {class_starts:Array(String)}), classes))
  AND (place_ms > {after_ms:Int64}
       OR place_ms = {after_ms:Int64} AND {after_same:UInt8} = 1
          AND (event_id, is_declaration) > ({after_id:String}, {after_declaration:UInt8}))
ORDER BY place_ms, event_id, is_declaration
LIMIT {page_rows:UInt32}

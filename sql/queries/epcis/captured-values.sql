-- Question:   Which values of one member do captured events have?
-- Grain:      one row a value, in the order of the text
-- Parameters: member (eventTypes, epcs, bizSteps, bizLocations, readPoints or dispositions); after, the last value of the page
--             before; page_rows
-- Freshness:  the instant of the query
-- Cost:       one column of the whole table
SELECT DISTINCT arrayJoin(
    multiIf(
        {member:String} = 'epcs', epcs,
        {member:String} = 'eventTypes', [toString(event_type)],
        {member:String} = 'bizSteps', [toString(biz_step)],
        {member:String} = 'bizLocations', [toString(biz_location)],
        {member:String} = 'readPoints', [toString(read_point)],
        [toString(disposition)])) AS value
FROM epcis_events
WHERE value != '' AND value > {after:String}
ORDER BY value
LIMIT {page_rows:UInt32}

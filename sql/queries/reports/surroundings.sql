-- Question:   In which time zones are the locations, and which currencies have amounts?
-- Grain:      one row
-- Parameters: none
-- Freshness:  now
-- Cost:       the locations, and one short column of the lines that reports read
SELECT
    (
        SELECT groupUniqArray(10)(time_zone)
        FROM (SELECT toString(time_zone) AS time_zone FROM locations FINAL WHERE NOT is_deleted AND time_zone != '')
    ) AS time_zones,
    (
        SELECT arraySort(groupUniqArray(100)(currency))
        FROM (SELECT DISTINCT toString(currency) AS currency FROM report_lines WHERE currency != '')
    ) AS currencies

-- Question:   Which stores and warehouses are there?
-- Grain:      one row a location, ordered by id
-- Parameters: after, the last id of the page before ('' = first page); query, searched in id and name ('' = all); page_rows
-- Freshness:  the instant of the query
-- Cost:       a small table
SELECT location_id, name, kind, latitude, longitude, address, opening_hours, time_zone, currency, gln, zones,
    public_holidays, pickup
FROM locations FINAL
WHERE is_deleted = 0
  AND location_id > {after:String}
  AND ({query:String} = '' OR positionCaseInsensitiveUTF8(concat(location_id, ' ', name), {query:String}) > 0)
ORDER BY location_id
LIMIT {page_rows:UInt32}

-- Question:   Which readers have reads that wait for a zone, and how many?
-- Grain:      one row per location and reader
-- Parameters: since, the oldest time of intake
-- Freshness:  what ingest has committed
-- Cost:       the batches of the last days that hold waiting reads
SELECT
    location_id, reader_id, anyLast(format) AS format, sum(waiting) AS waiting,
    toUnixTimestamp64Milli(max(received_at)) AS last_heard_at_ms,
    arraySort(groupUniqArrayArray(64)(antenna)) AS antennas
FROM (SELECT location_id, reader_id, format, read_batches.waiting AS waiting, received_at, antenna
      FROM read_batches
      WHERE received_at >= {since:DateTime64(3)} AND read_batches.waiting > 0)
GROUP BY location_id, reader_id

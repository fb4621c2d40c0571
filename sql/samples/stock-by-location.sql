-- Question: What have we got, and where?
-- Area:     stock
-- Note:     Units on hand by state; only sellable ones are promised.
SELECT
    location.name AS location,
    stock.location_id AS location_id,
    stock.products AS products,
    stock.sellable AS sellable,
    stock.not_sellable AS not_sellable
FROM
(
    SELECT
        location_id,
        uniqExact(gtin) AS products,
        sumIf(quantity, state = 'sellable') AS sellable,
        sumIf(quantity, state != 'sellable') AS not_sellable
    FROM positions
    GROUP BY location_id
) AS stock
LEFT JOIN (SELECT location_id, name FROM locations FINAL) AS location ON location.location_id = stock.location_id
ORDER BY sellable DESC

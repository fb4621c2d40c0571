-- Question: Which products come back most often?
-- Area:     sales
-- Note:     Units that came back ÷ units that were sold, of products that sold 20 units or more.
SELECT product.name AS product, lines.gtin AS gtin, lines.sold AS sold, lines.came_back AS came_back, round(lines.came_back / lines.sold, 4) AS return_rate
FROM
(
    SELECT gtin, sumIf(quantity, line_type = 'sale') AS sold, -sumIf(quantity, line_type = 'return') AS came_back
    FROM sales_lines
    WHERE kind = 'merchandise'
    GROUP BY gtin
    HAVING sold >= 20
) AS lines
LEFT JOIN (SELECT gtin, name FROM products FINAL) AS product ON product.gtin = lines.gtin
ORDER BY return_rate DESC, sold DESC
LIMIT 20

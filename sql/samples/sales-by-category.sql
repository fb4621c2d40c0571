-- Question: How did each category do, month by month?
-- Area:     sales
-- Note:     Amounts of two currencies are never added: each has rows of its own.
SELECT
    toStartOfMonth(ordered_at) AS month,
    if(category = '', 'none', category) AS category_name,
    sum(quantity) AS units,
    sum(net) AS net_sales,
    currency
FROM sales_lines
WHERE kind = 'merchandise'
GROUP BY month, category_name, currency
ORDER BY month, net_sales DESC

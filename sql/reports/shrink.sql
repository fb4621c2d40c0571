-- Report:     I6
-- Question:   How much is lost that nobody accounts for, between two counts?
-- Grain:      one row, or one a location or category; none where nothing was counted twice
-- Parameters: from, to, timeZone, currency, location, category
--             by: all|location|category = all — a row for each of these
-- Freshness:  what was recorded when it is asked
-- Cost:       one pass over lines of counts, one over movements, one over order lines
-- Columns:    group text — the location or category; all
--             sku_locations count — n: products at a location that were counted twice or more in the window; all else is of these, from the first to the last of their counts
--             counts count — that they were in
--             lost_units units — gone without a sale or paper (missing, left, or not found by a count), less what was found again
--             loss_cost money — lost_units at cost: of today where they were counted here, of then where it was told; null where no product has a cost
--             net_sales money — sales − returns of these products at these locations meanwhile, of those with a cost
--             shrink_rate share — loss_cost ÷ net_sales (I6); negative where more was found than lost; null where nothing was sold
--             costless_sku_locations count — that have no cost: not in loss_cost and net_sales
--             note text — why something is null or left out; empty for nothing
WITH
    spans AS
    (
        SELECT
            location_id, gtin, any(line.category) AS product_category, min(counted_at) AS first_at, max(counted_at) AS last_at,
            count() AS counts,
            argMax(if({currency:String} IN ('', line.currency) OR line.currency = '', unit_cost, NULL), counted_at) AS last_cost
        FROM all_count_lines AS line
        WHERE counted_at >= {from:DateTime64(3, 'UTC')} AND counted_at < least({to:DateTime64(3, 'UTC')}, {as_of:DateTime64(3, 'UTC')})
            AND (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
            AND (empty({category:Array(String)}) OR has({category:Array(String)}, category))
        GROUP BY location_id, gtin
        HAVING last_at > first_at
    ),
    facts AS
    (
        SELECT location_id, gtin, at, lost, CAST(NULL AS Nullable(Decimal(18, 6))) AS cost_then, CAST(0 AS Decimal(18, 6)) AS net
        FROM stock_changes
        WHERE lost != 0
        UNION ALL
        SELECT location_id, gtin, counted_at, book - counted, unit_cost, 0
        FROM all_count_lines
        WHERE origin = 'history' AND book != counted
        UNION ALL
        SELECT location_id, gtin, ordered_at, 0, NULL, net
        FROM report_lines
        WHERE currency = {currency:String}
    ),
    measured AS
    (
        SELECT
            spans.location_id AS location_id, spans.gtin AS gtin, any(spans.product_category) AS category, any(spans.counts) AS count_lines,
            any(spans.last_cost) AS unit_cost,
            sumIf(fact.lost, fact.at > first_at AND fact.at <= last_at) AS units,
            sumIf(toDecimal64(fact.lost, 0) * ifNull(fact.cost_then, last_cost), fact.at > first_at AND fact.at <= last_at) AS loss,
            sumIf(fact.net, fact.at > first_at AND fact.at <= last_at) AS sales
        FROM spans
        LEFT JOIN facts AS fact ON fact.location_id = spans.location_id AND fact.gtin = spans.gtin
        GROUP BY location_id, gtin
    )
SELECT
    multiIf({by:String} = 'location', location_id, {by:String} = 'category', category, 'all') AS group,
    count() AS sku_locations,
    sum(count_lines) AS counts,
    sum(units) AS lost_units,
    if(costless_sku_locations = sku_locations, NULL, sumIf(ifNull(loss, 0), unit_cost IS NOT NULL)) AS loss_cost,
    if(costless_sku_locations = sku_locations, NULL, sumIf(sales, unit_cost IS NOT NULL)) AS net_sales,
    if(net_sales > 0, toFloat64(loss_cost) / toFloat64(net_sales), NULL) AS shrink_rate,
    countIf(unit_cost IS NULL) AS costless_sku_locations,
    multiIf(
        costless_sku_locations = sku_locations, 'no product that was counted twice has a cost',
        costless_sku_locations > 0, 'only what has a cost is in the money',
        net_sales <= 0, 'nothing was sold between the counts', '') AS note
FROM measured
GROUP BY group
ORDER BY group

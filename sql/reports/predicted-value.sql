-- Report:     K2
-- Question:   What are customers expected to bring in the next 12 months, by which model, made of what?
-- Grain:      one row a measure; none before the first run
-- Parameters: currency
-- Freshness:  the last run of the prediction: as_of, finished_at
-- Cost:       one pass over the newest predictions
-- Columns:    measure text — revenue: net of discounts and returns, without tax. margin: revenue − cost
--             model text — bg_nbd, or nbd where no dropout is detectable
--             as_of date — last day that was looked at
--             finished_at instant — when it was made
--             customers count — n: with a purchase until then
--             repeaters count — of them, with purchases on two days or more
--             spenders count — of those, with a mean value above zero: the value of a purchase is fitted on them
--             valued count — customers with a predicted value
--             total_value money — sum of the predicted values: 12 months, discounted. An estimate, and never the same as historic value (K1)
--             total_lower money — lower end of its 95 % interval; null where not known
--             total_upper money — upper end
--             mean_value money — total_value ÷ valued
--             median_value money — half of the customers are worth less
--             p90_value money — a tenth is worth more
--             mean_purchases ratio — purchase days that a customer is expected to have in the 12 months
--             mean_alive share — mean chance that a customer buys again at all; null where no dropout is detectable
--             monthly_discount share — 0.01 = 1 % a month
--             r ratio — purchase rates over customers: Gamma(r, rate alpha) a week
--             alpha ratio — as r
--             a ratio — chance to go after a purchase over customers: Beta(a, b); null for nbd
--             b ratio — as a
--             p ratio — value of a purchase day: Gamma(p, rate ν), ν over customers: Gamma(q, rate v)
--             q ratio — as p
--             v money — as p
--             log_likelihood points — of the purchases
--             spend_log_likelihood points — of the values
--             is_converged flag — 0 where a search did not end: do not trust it
--             flags text — what to know of it: no_dropout_detectable, few_repeaters, bound_touched, not_converged, mean_value_unbounded
SELECT
    toString(fit.measure) AS measure, toString(fit.model) AS model, fit.as_of AS as_of, fit.finished_at AS finished_at,
    fit.customers AS customers, fit.repeaters AS repeaters, fit.spenders AS spenders, fit.valued AS valued,
    fit.value AS total_value, fit.value_lower AS total_lower, fit.value_upper AS total_upper,
    if(valued = 0, NULL, fit.value / valued) AS mean_value,
    people.median_value AS median_value, people.p90_value AS p90_value, people.mean_purchases AS mean_purchases,
    people.mean_alive AS mean_alive, fit.monthly_discount AS monthly_discount,
    fit.r AS r, fit.alpha AS alpha, fit.a AS a, fit.b AS b, fit.p AS p, fit.q AS q, fit.v AS v,
    fit.log_likelihood AS log_likelihood, fit.spend_log_likelihood AS spend_log_likelihood,
    fit.is_converged AS is_converged, arrayStringConcat(fit.flags, ',') AS flags
FROM lifetime_value_fits AS fit
LEFT JOIN
(
    SELECT
        measure, avg(expected_purchases) AS mean_purchases, avg(p_alive) AS mean_alive,
        quantileExactInclusiveOrNull(0.5)(value) AS median_value, quantileExactInclusiveOrNull(0.9)(value) AS p90_value
    FROM lifetime_values_now
    WHERE currency = {currency:String}
    GROUP BY measure
) AS people ON people.measure = fit.measure
WHERE fit.run = (SELECT max(run) FROM lifetime_value_fits) AND fit.currency = {currency:String}
ORDER BY measure DESC

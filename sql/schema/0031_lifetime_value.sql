-- Predicted lifetime value. A run fits all customers anew. Its values are written first and its fits last, in one INSERT: values of a
-- run without fits are of one that was cut off, and count for nothing. Only the newest run's values are kept; fits are kept for ever.

CREATE TABLE IF NOT EXISTS lifetime_value_fits
(
    run                   UInt64 COMMENT 'Unix microseconds of the start; names the run',
    currency              LowCardinality(String) COMMENT 'Purchases in it alone were looked at',
    measure               LowCardinality(String) COMMENT 'revenue (net of discounts and returns, without tax) or margin (revenue − cost)',
    model                 LowCardinality(String) COMMENT 'bg_nbd, or nbd where no dropout is detectable',
    as_of                 Date COMMENT 'Last day that was looked at, a whole one',
    time_zone             LowCardinality(String) COMMENT 'Where days begin and end',
    monthly_discount      Float64 COMMENT '0.01 = 1 % a month',
    customers             UInt64 COMMENT 'Persons with a purchase',
    repeaters             UInt64 COMMENT '… with purchases on two days or more',
    spenders              UInt64 COMMENT '… of those, with a mean value above zero: what Gamma-Gamma is fitted on',
    r                     Float64 COMMENT 'Purchase rate per week over customers: Gamma(r, rate alpha)',
    alpha                 Float64,
    a                     Nullable(Float64) COMMENT 'Chance to go after a purchase over customers: Beta(a, b); null for nbd',
    b                     Nullable(Float64),
    p                     Float64 COMMENT 'Value of a purchase day: Gamma(p, rate ν), ν over customers: Gamma(q, rate v)',
    q                     Float64,
    v                     Float64 COMMENT 'In the currency',
    log_likelihood        Float64 COMMENT 'Of the model that was taken',
    bg_nbd_log_likelihood Float64 COMMENT 'Of BG/NBD, for comparison',
    nbd_log_likelihood    Float64 COMMENT 'Of NBD, for comparison',
    spend_log_likelihood  Float64 COMMENT 'Of Gamma-Gamma',
    covariance            String COMMENT 'JSON: covariances of the logarithms of (r, alpha, a, b) and of (p, q, v); null where not known' CODEC(ZSTD(1)),
    is_converged          UInt8 COMMENT '1 = both searches ended where nothing slopes any more',
    flags                 Array(LowCardinality(String)) COMMENT 'no_dropout_detectable, few_repeaters, bound_touched, not_converged, mean_value_unbounded',
    valued                UInt64 COMMENT 'Persons with a value',
    value                 Float64 COMMENT 'Sum of the values of 12 months, an estimate',
    value_lower           Nullable(Float64) COMMENT '95 % interval of that sum; null where not known',
    value_upper           Nullable(Float64),
    asked_by              String COMMENT 'Key id of who asked; schedule for the nightly run',
    started_at            DateTime64(3, 'UTC'),
    finished_at           DateTime64(3, 'UTC')
)
ENGINE = MergeTree ORDER BY (run, currency, measure)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1
COMMENT 'What predicted lifetime values are made with: one row a run, currency and measure';

CREATE TABLE IF NOT EXISTS predicted_lifetime_values
(
    run                UInt64 COMMENT 'As in lifetime_value_fits',
    currency           LowCardinality(String),
    measure            LowCardinality(String) COMMENT 'revenue or margin',
    person_id          String COMMENT 'One person across records and channels; {source}/{id} of one of whom nothing more is known',
    model              LowCardinality(String) COMMENT 'bg_nbd or nbd',
    as_of              Date COMMENT 'Last day that was looked at',
    repeats            UInt32 COMMENT 'x: days with a purchase − 1',
    last_weeks         Float64 COMMENT 't_x: first to last purchase',
    age_weeks          Float64 COMMENT 'T: first purchase to as_of',
    mean_value         Nullable(Float64) COMMENT 'm: mean value of the days after the first; 0 without one, null where a cost is not known',
    p_alive            Nullable(Float64) COMMENT 'Chance that the person will ever buy again; null where no dropout is detectable',
    expected_purchases Float64 COMMENT 'Purchase days expected in the 52 weeks after as_of',
    value              Nullable(Float64) COMMENT 'Discounted value expected of the 12 months after as_of, an estimate; null where it is not bounded',
    value_lower        Nullable(Float64) COMMENT '95 % interval of that expectation (not of what the person will spend); null where not known',
    value_upper        Nullable(Float64)
)
ENGINE = MergeTree ORDER BY (run, currency, measure, person_id)
SETTINGS old_parts_lifetime = 1
COMMENT 'Predicted value of each person in each run: read lifetime_values_now. What is deleted leaves the disk within a minute';

CREATE VIEW IF NOT EXISTS lifetime_values_now
(
    run                UInt64 COMMENT 'As in lifetime_value_fits',
    currency           String,
    measure            String COMMENT 'revenue or margin',
    person_id          String COMMENT 'One person across records and channels; {source}/{id} of one of whom nothing more is known',
    model              String COMMENT 'bg_nbd or nbd',
    as_of              Date COMMENT 'Last day that was looked at',
    repeats            UInt32 COMMENT 'x: days with a purchase − 1',
    last_weeks         Float64 COMMENT 't_x: first to last purchase',
    age_weeks          Float64 COMMENT 'T: first purchase to as_of',
    mean_value         Nullable(Float64) COMMENT 'm: mean value of the days after the first',
    p_alive            Nullable(Float64) COMMENT 'Chance that the person will ever buy again; null where no dropout is detectable',
    expected_purchases Float64 COMMENT 'Purchase days expected in the 52 weeks after as_of',
    value              Nullable(Float64) COMMENT 'Discounted value expected of the 12 months after as_of',
    value_lower        Nullable(Float64) COMMENT '95 % interval of that expectation',
    value_upper        Nullable(Float64)
)
AS SELECT
    run, currency, measure, person_id, model, as_of, repeats, last_weeks, age_weeks, mean_value, p_alive, expected_purchases,
    value, value_lower, value_upper
FROM predicted_lifetime_values
WHERE run = (SELECT max(run) FROM lifetime_value_fits)
COMMENT 'Predicted lifetime value of each person (K2) by the newest whole run; never the same thing as historic value (K1)';

-- Report:     K10
-- Question:   How satisfied are customers (CSAT), and would they recommend (NPS)?
-- Grain:      one row
-- Parameters: from, to, timeZone, location, channel
-- Freshness:  what was recorded when it is asked
-- Cost:       one pass over answers
-- Columns:    csat_answers count — n
--             csat_satisfied count — of them 4 or 5 of 5
--             csat share — csat_satisfied ÷ csat_answers
--             nps_answers count — n
--             nps_promoters count — of them 9 or 10
--             nps_detractors count — of them 0 to 6
--             nps points — 100 × (nps_promoters − nps_detractors) ÷ nps_answers, −100 to 100
SELECT
    countIf(question = 'csat') AS csat_answers,
    countIf(question = 'csat' AND score >= 4) AS csat_satisfied,
    if(csat_answers = 0, NULL, csat_satisfied / csat_answers) AS csat,
    countIf(question = 'nps') AS nps_answers,
    countIf(question = 'nps' AND score >= 9) AS nps_promoters,
    countIf(question = 'nps' AND score <= 6) AS nps_detractors,
    if(nps_answers = 0, NULL, 100 * (toInt64(nps_promoters) - toInt64(nps_detractors)) / nps_answers) AS nps
FROM survey_answers
WHERE at >= {from:DateTime64(3, 'UTC')} AND at < {to:DateTime64(3, 'UTC')}
    AND (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
    AND (empty({channel:Array(String)}) OR has({channel:Array(String)}, channel))

-- Question:   None: takes away the values of every run but one.
-- Grain:      whole rows
-- Parameters: run
-- Freshness:  when it returns, no answer has them; the old parts leave the disk within a minute
-- Cost:       drops the parts of other runs
ALTER TABLE predicted_lifetime_values DELETE WHERE run != {run:UInt64}
SETTINGS mutations_sync = 2

-- Question:   (writes) Deletes the dead letters that were settled before an instant and did not come again since.
-- Grain:      a mutation in the background
-- Parameters: before
-- Cost:       a rewrite of the parts that hold such letters
ALTER TABLE dead_letters DELETE
WHERE dead_letter_id IN
(
    SELECT dead_letter_id
    FROM dead_letter_states
    WHERE state != 'open' AND step_at < {before:DateTime64(3)} AND last_received_at < {before:DateTime64(3)}
)

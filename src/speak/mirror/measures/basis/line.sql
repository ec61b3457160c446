-- Every message of a person in a place open to all, also of whoever is not counted, also what was taken back: it holds a
-- conversation together, and says how far the archive reaches.
SELECT msg_id, thread_id, parent_kind, ts_utc AS said_at
FROM message
WHERE visibility = 'public' AND kind = 'human'

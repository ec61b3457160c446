-- Every message that stands in a place open to all, whoever wrote it, also what was taken back: it holds a thread together.
SELECT msg_id, thread_id, parent_kind, ts_utc AS said_at
FROM message
WHERE visibility = 'public' AND kind <> 'system'

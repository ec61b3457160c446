-- Every message that stands in a place open to all, whoever wrote it; notices of programs are none.
SELECT msg_id, space_id, CASE WHEN thread_id IS NULL THEN msg_id ELSE thread_id END AS thread_id, ts_utc AS said_at
FROM message
WHERE visibility = 'public' AND kind <> 'system' AND NOT deleted

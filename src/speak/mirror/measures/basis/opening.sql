-- The first message of each conversation, where a person wrote it and it answers nothing. Where the first message gives
-- the conversation its name, others in it may answer nothing too: it is opened once all the same.
SELECT person, thread_id, msg_id, said_at
FROM said
WHERE parent_kind = 'none' AND thread_id = msg_id
UNION ALL
SELECT s.person, s.thread_id, s.msg_id, s.said_at
FROM said AS s
JOIN topic AS t ON t.msg_id = s.msg_id
WHERE s.parent_kind = 'none' AND s.thread_id <> s.msg_id

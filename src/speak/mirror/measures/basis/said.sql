-- What people said in places open to all, and did not take back.
-- Who objects stands in no list, and so is in no row from here on.
SELECT p.person, p.is_outside, m.msg_id, m.thread_id, m.parent_id, m.parent_kind, m.ts_utc AS said_at
FROM message AS m
JOIN standing AS p ON p.called = m.person
WHERE m.visibility = 'public' AND m.kind = 'human' AND NOT m.deleted

-- The first message of each conversation, where a person wrote it and it answers nothing.
WITH first_moment AS (
  SELECT thread_id, MIN(said_at) AS said_at
  FROM line
  GROUP BY thread_id
),
first_line AS (
  SELECT l.thread_id, MIN(l.msg_id) AS msg_id
  FROM line AS l
  JOIN first_moment AS f ON f.thread_id = l.thread_id AND f.said_at = l.said_at
  GROUP BY l.thread_id
)
SELECT s.person, s.thread_id, s.msg_id, s.said_at
FROM said AS s
JOIN first_line AS f ON f.thread_id = s.thread_id AND f.msg_id = s.msg_id
WHERE s.parent_kind = 'none'

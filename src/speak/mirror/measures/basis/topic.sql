-- The first message of each conversation that has a name instead of a first message, such as Zulip's topics.
WITH named AS (
  SELECT DISTINCT thread_id FROM line WHERE parent_kind = 'none' AND thread_id <> msg_id
),
first_moment AS (
  SELECT l.thread_id, MIN(l.said_at) AS said_at
  FROM line AS l
  JOIN named AS n ON n.thread_id = l.thread_id
  GROUP BY l.thread_id
)
SELECT f.thread_id, MIN(l.msg_id) AS msg_id
FROM first_moment AS f
JOIN line AS l ON l.thread_id = f.thread_id AND l.said_at = f.said_at
GROUP BY f.thread_id

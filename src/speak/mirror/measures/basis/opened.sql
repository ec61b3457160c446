-- Each conversation that somebody opened, and when the first other person wrote in it.
WITH answered AS (
  SELECT o.msg_id, MIN(s.said_at) AS answered_at
  FROM (SELECT person, thread_id, said_at FROM said WHERE thread_id <> msg_id) AS s
  JOIN opening AS o ON o.thread_id = s.thread_id
  WHERE s.person <> o.person AND s.said_at >= o.said_at
  GROUP BY o.msg_id
)
SELECT o.person, p.cell, o.said_at, a.answered_at
FROM opening AS o
JOIN standing AS p ON p.person = o.person
LEFT JOIN answered AS a ON a.msg_id = o.msg_id

-- Each conversation that somebody opened, and when the first other person wrote in it.
-- One join, and no message ids in what is gathered: of ten million messages this is the most that is held at once.
WITH followed AS (
  SELECT o.person, o.said_at,
         MIN(CASE WHEN s.person <> o.person AND s.said_at >= o.said_at THEN s.said_at END) AS answered_at
  FROM opening AS o
  LEFT JOIN (SELECT person, thread_id, said_at FROM said WHERE thread_id <> msg_id) AS s ON s.thread_id = o.thread_id
  GROUP BY o.thread_id, o.person, o.said_at
)
SELECT f.person, p.cell, f.said_at, f.answered_at
FROM followed AS f
JOIN standing AS p ON p.person = f.person

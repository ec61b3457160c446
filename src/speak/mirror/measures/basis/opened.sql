-- Each conversation that somebody opened, and when the first other person wrote in it.
WITH answered AS (
  SELECT o.thread_id, MIN(s.said_at) AS answered_at
  FROM opening AS o
  JOIN said AS s ON s.thread_id = o.thread_id
  WHERE s.person <> o.person AND s.said_at >= o.said_at
  GROUP BY o.thread_id
)
SELECT o.person, o.thread_id, o.said_at, a.answered_at
FROM opening AS o
LEFT JOIN answered AS a ON a.thread_id = o.thread_id

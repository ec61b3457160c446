-- title: Who awaits your answer
-- question: Who replied to you or named you, and has heard nothing back?
-- definition: Somebody replied to you, or named you, in the ninety days before the end, and you have written nothing in that conversation since.
-- formula: replies to you and messages naming you, without a later message of yours in the same conversation
-- source: for yourself only
-- caveat: Not everything needs an answer, and some was answered elsewhere.
-- try: Answer the oldest one.
WITH spoken_to AS (
  SELECT r.msg_id, r.from_person, r.said_at FROM reply AS r JOIN me AS m ON m.person = r.to_person
  UNION
  SELECT n.msg_id, n.from_person, n.said_at FROM mention AS n JOIN me AS m ON m.person = n.to_person
),
mine AS (
  SELECT s.thread_id, MAX(s.said_at) AS said_at FROM said AS s JOIN me AS m ON m.person = s.person GROUP BY s.thread_id
)
SELECT t.msg_id, t.from_person
FROM spoken_to AS t
JOIN said AS s ON s.msg_id = t.msg_id
CROSS JOIN me AS m
LEFT JOIN mine AS a ON a.thread_id = s.thread_id
WHERE t.said_at >= m.now_at - 7776000000000 AND (a.said_at IS NULL OR a.said_at < t.said_at)
ORDER BY t.said_at, t.msg_id

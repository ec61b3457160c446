-- title: Whom you used to talk with
-- question: With whom did you talk both ways once, and not in the last half year?
-- definition: You answered each other at least once, and neither has answered the other in the 180 days before the end.
-- formula: people with ties both ways, the last of them more than 180 days before the end
-- source: for yourself only
-- caveat: People leave, change names, or talk elsewhere now.
-- try: Ask one of them how they are.
-- needs: tie
WITH mine AS (
  SELECT t.to_person AS person, t.said_at, 1 AS there, 0 AS back FROM tie AS t JOIN me AS m ON m.person = t.from_person
  UNION ALL
  SELECT t.from_person AS person, t.said_at, 0 AS there, 1 AS back FROM tie AS t JOIN me AS m ON m.person = t.to_person
)
SELECT t.person
FROM mine AS t
CROSS JOIN me AS m
GROUP BY t.person, m.now_at
HAVING SUM(t.there) > 0 AND SUM(t.back) > 0 AND MAX(t.said_at) < m.now_at - 15552000000000
ORDER BY t.person

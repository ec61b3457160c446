-- title: Coming back
-- question: Does somebody who spoke for the first time speak again?
-- definition: Somebody comes back who writes again on a later day (UTC), within thirty days of their first words.
-- formula: newcomers who wrote on a later day within 30 days / newcomers whose first words are at least 30 days older than the end of the archive
-- source: second post within thirty days, as in studies of newcomers, with one change: a second message on the same day is not yet coming back
-- caveat: This does not say that an answer brought them back: good first words get both.
-- try: Ask somebody who spoke once, and not since, one question about what they said.
SELECT 'back' AS part, n.person, CASE WHEN COUNT(s.person) > 0 THEN 1 ELSE 0 END AS yes, CASE WHEN COUNT(s.person) > 0 THEN 0 ELSE 1 END AS no
FROM newcomer AS n
CROSS JOIN span AS w
LEFT JOIN (
  SELECT x.person FROM said AS x
  JOIN newcomer AS y ON y.person = x.person
  WHERE x.said_at >= y.said_at - y.said_at % 86400000000 + 86400000000 AND x.said_at <= y.said_at + 2592000000000
) AS s ON s.person = n.person
WHERE n.said_at <= w.last_at - 2592000000000
GROUP BY n.person

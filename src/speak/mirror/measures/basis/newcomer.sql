-- The first words of those who came while the archive was kept: they joined after it begins, or, where nobody says when
-- they joined, they are first heard ninety days after it begins.
WITH earliest AS (
  SELECT person, MIN(said_at) AS said_at
  FROM said
  GROUP BY person
),
first_words AS (
  SELECT s.person, s.said_at, MIN(s.msg_id) AS msg_id
  FROM said AS s
  JOIN earliest AS e ON e.person = s.person AND e.said_at = s.said_at
  GROUP BY s.person, s.said_at
)
SELECT f.person, f.said_at, f.msg_id
FROM first_words AS f
JOIN standing AS p ON p.person = f.person
CROSS JOIN span AS w
WHERE (p.joined_at IS NOT NULL AND p.joined_at >= w.first_at)
   OR (p.joined_at IS NULL AND f.said_at >= w.first_at + 7776000000000)

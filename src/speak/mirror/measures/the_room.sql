-- title: The people in the room
-- question: Do those who were named as "in the room" answer the others?
-- definition: "In the room" are those whom the file of groups gives that role, while they had it: five people or more. The others are everybody else. {answer}
-- formula: people in the room who answered at least one other / people in the room; conversations opened by others in which somebody in the room wrote / conversations opened by others
-- source: replies of leaders as shares of conversations; roles with dates, never names
-- caveat: Answers in meetings and corridors are not in the archive. What is read and acted on without a word looks like silence.
-- try: Each of you: answer one person this week whom you have never answered.
-- needs: role
WITH held AS (
  SELECT DISTINCT r.person FROM role_held AS r CROSS JOIN span AS w
  WHERE r.since_at <= w.last_at AND r.until_at > w.first_at
),
to_the_room AS (
  SELECT DISTINCT t.to_person, t.said_at
  FROM tie AS t
  JOIN role_held AS r ON r.person = t.to_person
  WHERE t.said_at >= r.since_at AND t.said_at < r.until_at
),
answers AS (
  SELECT DISTINCT t.from_person AS person
  FROM tie AS t
  JOIN role_held AS r ON r.person = t.from_person
  LEFT JOIN to_the_room AS o ON o.to_person = t.to_person AND o.said_at = t.said_at
  WHERE t.said_at >= r.since_at AND t.said_at < r.until_at AND o.to_person IS NULL
)
SELECT 'answering' AS part, h.person,
       CASE WHEN a.person IS NULL THEN 0 ELSE 1 END AS yes,
       CASE WHEN a.person IS NULL THEN 1 ELSE 0 END AS no
FROM held AS h
LEFT JOIN answers AS a ON a.person = h.person
UNION ALL
SELECT 'entered' AS part, person, SUM(has_the_room) AS yes, SUM(1 - has_the_room) AS no
FROM opened
WHERE is_by_the_room = 0
GROUP BY person

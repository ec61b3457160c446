-- title: First words
-- question: When somebody speaks here for the first time, does anybody answer within a week?
-- definition: First words are the first message of somebody who came while the archive was kept. Each way of answering stands for itself: a reply, being named by somebody, a reaction without words.
-- formula: newcomers answered within 7 days / newcomers whose first words are at least 7 days older than the end of the archive
-- source: Joyce and Kraut 2006, on what a first answer does
-- caveat: Where nobody says when people joined, the first ninety days of the archive are left out, and somebody who had been silent for long counts as new. Reactions have no time in most archives.
-- try: When a new name appears, answer before anything else.
SELECT 'reply' AS part, n.person,
       CASE WHEN COUNT(a.person) > 0 THEN 1 ELSE 0 END AS yes, CASE WHEN COUNT(a.person) > 0 THEN 0 ELSE 1 END AS no
FROM newcomer AS n
CROSS JOIN span AS w
LEFT JOIN (
  SELECT y.person AS person
  FROM newcomer AS y
  JOIN said AS r ON r.parent_id = y.msg_id
  WHERE r.parent_kind <> 'none' AND r.person <> y.person AND r.said_at <= y.said_at + 604800000000
) AS a ON a.person = n.person
WHERE n.said_at <= w.last_at - 604800000000
GROUP BY n.person
UNION ALL
SELECT 'mention' AS part, n.person,
       CASE WHEN COUNT(a.person) > 0 THEN 1 ELSE 0 END AS yes, CASE WHEN COUNT(a.person) > 0 THEN 0 ELSE 1 END AS no
FROM newcomer AS n
CROSS JOIN span AS w
LEFT JOIN (
  SELECT y.person AS person
  FROM newcomer AS y
  JOIN standing AS p ON p.person = y.person
  JOIN response AS x ON x.to_person = p.called
  JOIN said AS s ON s.msg_id = x.msg_id
  WHERE x.kind = 'mention' AND s.person <> y.person
    AND s.said_at > y.said_at AND s.said_at <= y.said_at + 604800000000
) AS a ON a.person = n.person
WHERE n.said_at <= w.last_at - 604800000000
GROUP BY n.person
UNION ALL
SELECT 'reaction' AS part, n.person,
       CASE WHEN COUNT(a.person) > 0 THEN 1 ELSE 0 END AS yes, CASE WHEN COUNT(a.person) > 0 THEN 0 ELSE 1 END AS no
FROM newcomer AS n
CROSS JOIN span AS w
LEFT JOIN (
  SELECT y.person AS person
  FROM newcomer AS y
  JOIN response AS x ON x.msg_id = y.msg_id
  JOIN standing AS p ON p.called = x.from_person
  WHERE x.kind = 'reaction' AND p.person <> y.person
) AS a ON a.person = n.person
WHERE n.said_at <= w.last_at - 604800000000
GROUP BY n.person

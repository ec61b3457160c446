-- title: Both ways
-- question: Where one person answers another, does the other answer too?
-- definition: A tie goes from one person to another whom they answered at least once. {answer}
-- formula: r = ties whose other direction is there too / ties; corrected for chance (r - d) / (1 - d), with d = ties / (people x (people - 1)); by weight: sum of min(there, back) / sum of there
-- source: Garlaschelli and Loffredo 2004; Squartini and others 2013
-- caveat: It grows with how long one looks and how much is said: compare it only with the same time and the same kind of answer. It is the definition of an answer that moves it most.
-- try: Answer somebody who has answered you and never heard back.
-- needs: tie
WITH people AS (
  SELECT from_person AS person FROM pair
  UNION
  SELECT to_person AS person FROM pair
),
directed AS (
  SELECT a.from_person, a.times, CASE WHEN b.times IS NULL THEN 0 ELSE b.times END AS back
  FROM pair AS a
  LEFT JOIN pair AS b ON b.from_person = a.to_person AND b.to_person = a.from_person
)
SELECT 'ties' AS part, p.person,
       SUM(CASE WHEN d.back > 0 THEN 1 ELSE 0 END) AS yes,
       SUM(CASE WHEN d.back = 0 THEN 1 ELSE 0 END) AS no
FROM people AS p
LEFT JOIN directed AS d ON d.from_person = p.person
GROUP BY p.person
UNION ALL
SELECT 'weight' AS part, p.person,
       SUM(CASE WHEN d.back IS NULL THEN 0 WHEN d.back < d.times THEN d.back ELSE d.times END) AS yes,
       SUM(CASE WHEN d.back IS NULL OR d.back >= d.times THEN 0 ELSE d.times - d.back END) AS no
FROM people AS p
LEFT JOIN directed AS d ON d.from_person = p.person
GROUP BY p.person

-- title: How long an answer takes
-- question: After how long has which share of conversations been answered?
-- definition: As in "What is answered, and how soon".
-- formula: for each step of time (minutes for an hour, quarters of an hour for a day, hours for a week): how many were answered in it, and how many could be seen no longer
-- source: Kaplan and Meier 1958
-- caveat: As in "What is answered, and how soon".
-- try: As in "What is answered, and how soon".
-- needs: threads
WITH waited AS (
  SELECT o.cell,
         CASE WHEN o.answered_at IS NULL THEN 0 ELSE 1 END AS was_answered,
         CASE WHEN o.answered_at IS NULL THEN w.last_at - o.said_at ELSE o.answered_at - o.said_at END AS micros
  FROM opened AS o
  CROSS JOIN span AS w
),
stepped AS (
  SELECT cell, was_answered, micros,
         CASE WHEN micros <= 3600000000 THEN 60000000
              WHEN micros <= 86400000000 THEN 900000000
              WHEN micros <= 604800000000 THEN 3600000000
              ELSE 604800000000 END AS step
  FROM waited
),
placed AS (
  SELECT cell, was_answered,
         CASE WHEN micros > 604800000000 THEN 608400000000
              WHEN was_answered = 0 OR micros % step = 0 THEN micros - micros % step
              ELSE micros - micros % step + step END AS until_micros
  FROM stepped
)
SELECT cell, until_micros, SUM(was_answered) AS answered, SUM(1 - was_answered) AS seen_no_longer
FROM placed
GROUP BY cell, until_micros
ORDER BY cell, until_micros

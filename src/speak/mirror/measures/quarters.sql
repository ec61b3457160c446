-- title: Quarter by quarter
-- question: How likely was it, in each quarter, that a conversation was answered within a day?
-- definition: As in "What is answered, and how soon".
-- formula: conversations opened in the quarter and answered within a day / conversations opened in the quarter at least a day before the archive ends
-- source: archives.md, measure 5
-- caveat: A quarter with few people is left out, and sometimes another with it, so that it cannot be worked out.
-- try: Ask what was different in the best quarter.
-- needs: threads
SELECT q.name AS part, o.person,
       SUM(CASE WHEN o.answered_at - o.said_at <= 86400000000 THEN 1 ELSE 0 END) AS yes,
       SUM(CASE WHEN o.answered_at - o.said_at <= 86400000000 THEN 0 ELSE 1 END) AS no
FROM opened AS o
CROSS JOIN quarter AS q
CROSS JOIN span AS w
WHERE o.said_at >= q.since_at AND o.said_at < q.until_at AND o.said_at <= w.last_at - 86400000000
GROUP BY q.name, o.person

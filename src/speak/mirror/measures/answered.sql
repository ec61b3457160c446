-- title: What is answered, and how soon
-- question: Somebody opens a conversation. How likely is it that another person writes in it within an hour, a day, a week?
-- definition: A conversation is answered when another person writes in the same thread. Replies of whoever opened it, of bots and of programs do not count.
-- formula: Kaplan-Meier over min(time of the first message by another person - time of the opening), with conversations still open at the end of the archive counted as long as they could be seen
-- source: Kaplan and Meier 1958; CHAOSS "Time to First Response"
-- caveat: Not everything that is said asks for an answer. Nights and weekends count as waiting, since an archive seldom says where people live.
-- try: Agree who looks, each morning, at what was left open the day before.
-- needs: threads
SELECT 'hour' AS part, o.person,
       SUM(CASE WHEN o.answered_at - o.said_at <= 3600000000 THEN 1 ELSE 0 END) AS yes,
       SUM(CASE WHEN o.answered_at - o.said_at <= 3600000000 THEN 0 ELSE 1 END) AS no
FROM opened AS o CROSS JOIN span AS w
WHERE o.said_at <= w.last_at - 3600000000
GROUP BY o.person
UNION ALL
SELECT 'day' AS part, o.person,
       SUM(CASE WHEN o.answered_at - o.said_at <= 86400000000 THEN 1 ELSE 0 END) AS yes,
       SUM(CASE WHEN o.answered_at - o.said_at <= 86400000000 THEN 0 ELSE 1 END) AS no
FROM opened AS o CROSS JOIN span AS w
WHERE o.said_at <= w.last_at - 86400000000
GROUP BY o.person
UNION ALL
SELECT 'week' AS part, o.person,
       SUM(CASE WHEN o.answered_at - o.said_at <= 604800000000 THEN 1 ELSE 0 END) AS yes,
       SUM(CASE WHEN o.answered_at - o.said_at <= 604800000000 THEN 0 ELSE 1 END) AS no
FROM opened AS o CROSS JOIN span AS w
WHERE o.said_at <= w.last_at - 604800000000
GROUP BY o.person

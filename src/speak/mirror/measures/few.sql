-- title: How few write half
-- question: How many people, the most active first, write half of all messages?
-- definition: Messages of people, in places open to all; each message counts once.
-- formula: the smallest k for which the k most active write at least half
-- source: CHAOSS "Contributor Absence Factor"
-- caveat: One person under two names makes it look like more people than it is. It says nothing of who they are, and much writing is not a fault.
-- try: Whoever writes most: ask a question today, and wait.
SELECT 'messages' AS part, person, SUM(times) AS yes, 0 AS no
FROM wrote
GROUP BY person

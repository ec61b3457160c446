-- title: Inside and outside
-- question: In how many conversations did somebody from outside take part?
-- definition: Outside are guests, and people of other domains than one's own, as the archive or the file of groups says. A conversation is a thread that somebody opened.
-- formula: conversations with at least one message by somebody from outside / conversations
-- source: threads by who is in them; whose domain is one's own is written down
-- caveat: It is only as good as the list of one's own domains. Conversations held elsewhere are not seen.
-- try: Ask somebody outside what they would like to ask here, and ask it for all to see.
-- needs: outside, threads
WITH with_outside AS (
  SELECT DISTINCT s.thread_id
  FROM said AS s
  JOIN standing AS p ON p.person = s.person
  WHERE p.is_outside = 1
)
SELECT 'outside' AS part, o.person,
       SUM(CASE WHEN x.thread_id IS NULL THEN 0 ELSE 1 END) AS yes,
       SUM(CASE WHEN x.thread_id IS NULL THEN 1 ELSE 0 END) AS no
FROM opening AS o
LEFT JOIN with_outside AS x ON x.thread_id = o.thread_id
GROUP BY o.person

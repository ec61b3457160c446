-- title: Inside and outside
-- question: In how many conversations did somebody from outside take part?
-- definition: Outside are guests, and people of other domains than one's own, as the archive or the file of groups says. A conversation is a thread that somebody opened.
-- formula: conversations with at least one message by somebody from outside / conversations
-- source: threads by who is in them; whose domain is one's own is written down
-- caveat: It is only as good as the list of one's own domains. Conversations held elsewhere are not seen.
-- try: Ask somebody outside what they would like to ask here, and ask it for all to see.
-- needs: outside, threads
SELECT 'outside' AS part, person, SUM(has_outside) AS yes, SUM(1 - has_outside) AS no
FROM opened
GROUP BY person

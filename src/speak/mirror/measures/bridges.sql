-- title: Between the parts
-- question: How many of the answers go to people of another part?
-- definition: A part is a group of the file of groups; both people must belong to one. {answer}
-- formula: answers to people of another part / answers between people who belong to parts; beside it, what would be expected if everybody answered without regard to parts
-- source: observed over expected; Newman 2003
-- caveat: Large parts have more of themselves to talk with: read it beside what would be expected. Who talks across is often the same few people.
-- try: Invite somebody from the part you hear least of, by name, into one conversation.
-- needs: groups, tie
SELECT 'crossing' AS part, t.from_person AS person,
       SUM(CASE WHEN a.cell <> b.cell THEN t.times ELSE 0 END) AS yes,
       SUM(CASE WHEN a.cell = b.cell THEN t.times ELSE 0 END) AS no
FROM pair AS t
JOIN standing AS a ON a.person = t.from_person
JOIN standing AS b ON b.person = t.to_person
WHERE a.cell <> '' AND b.cell <> ''
GROUP BY t.from_person

-- title: Whom you talk with
-- question: Who has answered you, and been answered by you?
-- definition: You answered each other at least once, by replies that are stated.
-- formula: people with a tie from you and a tie to you
-- source: two-way relationships; for yourself only
-- caveat: Talk that is not written here is not here.
-- try: Say hello to somebody on this list whom you have not met.
-- needs: tie
SELECT a.to_person AS person
FROM me AS m
JOIN pair AS a ON a.from_person = m.person
JOIN pair AS b ON b.from_person = a.to_person AND b.to_person = m.person
ORDER BY person

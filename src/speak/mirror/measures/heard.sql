-- title: Who is heard
-- question: Of those who spoke, how many were answered at least once?
-- definition: Somebody is heard who got at least one answer from another person. {answer}
-- formula: authors with at least one answer / authors
-- source: a count of people, not of messages, so that nobody's volume moves it
-- caveat: An answer across the table, on the telephone or by a nod is not in the archive.
-- try: Look for one message without an answer, and answer it today.
-- needs: tie
SELECT 'heard' AS part, s.person,
       CASE WHEN t.to_person IS NULL THEN 0 ELSE 1 END AS yes,
       CASE WHEN t.to_person IS NULL THEN 1 ELSE 0 END AS no
FROM (SELECT DISTINCT person FROM wrote) AS s
LEFT JOIN (SELECT DISTINCT to_person FROM pair) AS t ON t.to_person = s.person

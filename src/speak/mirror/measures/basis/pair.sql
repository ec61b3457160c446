-- How often each person answered each other person.
SELECT from_person, to_person, COUNT(*) AS times
FROM tie
GROUP BY from_person, to_person

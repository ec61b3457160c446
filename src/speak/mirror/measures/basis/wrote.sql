-- How many messages each person wrote in each week, from Monday (UTC): one look at all that was said serves many questions.
SELECT person, said_at - (said_at - 345600000000) % 604800000000 AS week, COUNT(*) AS times
FROM said
GROUP BY person, said_at - (said_at - 345600000000) % 604800000000

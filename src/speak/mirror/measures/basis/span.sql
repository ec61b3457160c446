-- From the first message to the last.
SELECT MIN(said_at) AS first_at, MAX(said_at) AS last_at FROM line

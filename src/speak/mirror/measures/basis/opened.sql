-- Each conversation that somebody opened: when the first other person wrote in it, whether somebody from outside did,
-- whether somebody did who was in the room then, and whether such a one opened it.
-- One join, and nothing but numbers in what is gathered: of ten million messages this is the most that is held at once.
-- Somebody who held the role twice stands in it twice; that changes no least and no most.
WITH followed AS (
  SELECT s.person, s.thread_id, s.said_at, s.is_outside,
         CASE WHEN s.said_at >= r.since_at AND s.said_at < r.until_at THEN 1 ELSE 0 END AS is_in_the_room
  FROM said AS s
  LEFT JOIN role_held AS r ON r.person = s.person
  WHERE s.thread_id <> s.msg_id
),
gathered AS (
  SELECT MIN(o.person) AS person, MIN(o.said_at) AS said_at,
         MIN(CASE WHEN f.person <> o.person AND f.said_at >= o.said_at THEN f.said_at END) AS answered_at,
         MAX(f.is_outside) AS is_outside, MAX(f.is_in_the_room) AS is_in_the_room,
         MAX(CASE WHEN o.said_at >= r.since_at AND o.said_at < r.until_at THEN 1 ELSE 0 END) AS is_by_the_room
  FROM opening AS o
  LEFT JOIN role_held AS r ON r.person = o.person
  LEFT JOIN followed AS f ON f.thread_id = o.thread_id
  GROUP BY o.thread_id
)
SELECT g.person, p.cell, g.said_at, g.answered_at, g.is_by_the_room,
       CASE WHEN p.is_outside = 1 OR g.is_outside = 1 THEN 1 ELSE 0 END AS has_outside,
       CASE WHEN g.is_in_the_room = 1 THEN 1 ELSE 0 END AS has_the_room
FROM gathered AS g
JOIN standing AS p ON p.person = g.person

-- Who replied to whom, where the archive says so: never to oneself.
-- A difference, since of two people who must not be the same DuckDB would first make every pair there is; and each kind by
-- its name, since of what is merely not 'none' it expects so many that it holds all that was said, and not the replies.
SELECT r.person AS from_person, p.person AS to_person, p.msg_id AS to_msg, r.said_at, r.msg_id
FROM said AS r
JOIN said AS p ON p.msg_id = r.parent_id
WHERE r.parent_kind IN ('thread', 'reply', 'quote') AND r.person - p.person <> 0

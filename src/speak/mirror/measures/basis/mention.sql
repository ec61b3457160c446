-- Who named whom in a message, where the archive says so: never oneself.
SELECT s.person AS from_person, p.person AS to_person, s.msg_id AS to_msg, s.said_at, s.msg_id
FROM said AS s
JOIN response AS n ON n.msg_id = s.msg_id
JOIN standing AS p ON p.called = n.to_person
WHERE n.kind = 'mention' AND p.person <> s.person

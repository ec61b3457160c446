-- Who reacted to whose message without words: never to one's own. Many archives keep no time of it.
SELECT p.person AS from_person, s.person AS to_person, s.msg_id AS to_msg, s.said_at, s.msg_id
FROM response AS x
JOIN said AS s ON s.msg_id = x.msg_id
JOIN standing AS p ON p.called = x.from_person
WHERE x.kind = 'reaction' AND p.person <> s.person

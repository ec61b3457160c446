-- title: Your own rhythm
-- question: When in the week do you write?
-- definition: Your messages by day of the week and by thirds of the day, on your own clock.
-- formula: messages by eight hours of the week
-- source: for yourself only
-- caveat: When you write says nothing of when you work, and nothing of how well.
-- try: Look whether you like what you see.
SELECT (s.said_at + m.zone_micros - 345600000000) % 604800000000
       - (s.said_at + m.zone_micros - 345600000000) % 28800000000 AS third, COUNT(*) AS times
FROM said AS s
JOIN me AS m ON m.person = s.person
GROUP BY (s.said_at + m.zone_micros - 345600000000) % 604800000000
       - (s.said_at + m.zone_micros - 345600000000) % 28800000000
ORDER BY third

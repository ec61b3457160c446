-- title: Who takes part
-- question: Of those who could speak here, how many did?
-- definition: Somebody takes part who wrote at least one message that was not taken back, in a place open to all.
-- formula: people who wrote / people on the list of members
-- source: participation rate; of Slack's own figures: "people posting"
-- caveat: Reading is taking part too, and no archive shows it. Whoever left before the archive was made may be missing from the list.
-- try: Ask one person who has not spoken yet what they would want to be asked.
-- needs: roster
SELECT 'spoke' AS part, p.person,
       CASE WHEN s.person IS NULL THEN 0 ELSE 1 END AS yes,
       CASE WHEN s.person IS NULL THEN 1 ELSE 0 END AS no
FROM standing AS p
LEFT JOIN (SELECT DISTINCT person FROM wrote) AS s ON s.person = p.person
WHERE p.is_listed = 1

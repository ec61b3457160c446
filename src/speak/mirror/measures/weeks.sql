-- title: Week by week
-- question: Is it a conversation all through the year, or a few busy weeks?
-- definition: A week runs from Monday to Sunday (UTC). It is a full week when at least ten people wrote in it.
-- formula: weeks in which at least ten people wrote / weeks from the first message to the last
-- source: weeks with at least ten authors, of all weeks
-- caveat: Holidays are quiet everywhere. A small place has few full weeks however lively it is.
-- try: Look at what happened in a full week, and do it again.
SELECT week, COUNT(*) AS people
FROM wrote
GROUP BY week
ORDER BY week

-- title: Which parts answer which
-- question: Which parts answer each other more, or less, than their sizes would make one expect?
-- definition: As in "Between the parts".
-- formula: observed / expected = O(g,h) x O / (O(g,.) x O(.,h))
-- source: observed over expected by margins, as for any table of counts
-- caveat: Shown in words only, and only where at least five people on each side and three who answer take part.
-- try: As in "Between the parts".
-- needs: groups, tie
SELECT a.cell AS from_cell, b.cell AS to_cell, t.from_person, SUM(t.times) AS times
FROM pair AS t
JOIN standing AS a ON a.person = t.from_person
JOIN standing AS b ON b.person = t.to_person
WHERE a.cell <> '' AND b.cell <> ''
GROUP BY a.cell, b.cell, t.from_person

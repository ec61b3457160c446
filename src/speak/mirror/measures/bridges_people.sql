-- title: How many are answered in each part
-- question: How many people of a part are answered by people of another?
-- definition: As in "Between the parts".
-- formula: distinct people who were answered
-- source: observed over expected by margins, as for any table of counts
-- caveat: Shown in words only, and only where at least five people on each side and three who answer take part.
-- try: As in "Between the parts".
-- needs: groups, tie
SELECT a.cell AS from_cell, b.cell AS to_cell, COUNT(DISTINCT t.to_person) AS people
FROM pair AS t
JOIN standing AS a ON a.person = t.from_person
JOIN standing AS b ON b.person = t.to_person
WHERE a.cell <> '' AND b.cell <> ''
GROUP BY a.cell, b.cell

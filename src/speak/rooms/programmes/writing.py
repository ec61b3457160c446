"""From a programme to its file."""

import tomlkit

from speak.rooms.practices import Practice
from speak.rooms.programmes.values import Entry, ProgrammeText

PLAIN = Practice(slug="", title="", minutes=0, prompt="")
# What is written of a practice that does not ship, in this order; what is as in PLAIN is left out.
WRITTEN = ("slug", "title", "minutes", "who", "side", "goes_to", "tool", "opening", "is_free", "origin")
LONG = ("prompt", "host_note")


def export(programme: ProgrammeText) -> str:
    """The file of a programme, as `parse` reads it: shipped practices by their slug, all others in full."""
    document = tomlkit.document()
    document.add("title", tomlkit.string(programme.title))
    document.add("sentence", tomlkit.string(programme.sentence))
    document.add("language", tomlkit.string(programme.language))
    practices = tomlkit.aot()
    for entry in programme.entries:
        practices.append(_table(entry))
    document.add("practice", practices)
    return tomlkit.dumps(document)


def _table(entry: Entry) -> tomlkit.items.Table:
    table, practice = tomlkit.table(), entry.practice
    if practice.number:
        table.add("slug", practice.slug)
    else:
        for name in (*WRITTEN, *LONG):
            value = getattr(practice, name)
            if value != getattr(PLAIN, name):
                table.add(name, value if isinstance(value, bool | int) else tomlkit.string(str(value)))
    if entry.minutes and practice.number:
        table.add("minutes", entry.minutes)
    if entry.week:
        table.add("week", entry.week)
    if entry.opens_after_host:
        table.add("opens_after_host", value=True)
    return table

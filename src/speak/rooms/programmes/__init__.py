"""Programmes as files: ordered practices that a host chooses, changes, and passes on."""

from speak.rooms.programmes.changing import minutes_of_week, moved, with_practice, without
from speak.rooms.programmes.reading import MAX_BYTES, parse, parse_bytes
from speak.rooms.programmes.shipped import shipped
from speak.rooms.programmes.values import Entry, ProgrammeText
from speak.rooms.programmes.writing import export

__all__ = [
    "MAX_BYTES",
    "Entry",
    "ProgrammeText",
    "export",
    "minutes_of_week",
    "moved",
    "parse",
    "parse_bytes",
    "shipped",
    "with_practice",
    "without",
]

"""Words, and ties to others, that somebody held elsewhere, brought here: one reader for each format."""

from speak.clients.bringing.asking import (
    begin,
    bring_account,
    bring_file,
    forget,
    forget_all_of,
    go_on,
    import_of,
    imports_of,
    is_under_way,
    take_in,
    take_in_account,
    undo,
)
from speak.clients.bringing.formats import FORMATS

__all__ = [
    "FORMATS",
    "begin",
    "bring_account",
    "bring_file",
    "forget",
    "forget_all_of",
    "go_on",
    "import_of",
    "imports_of",
    "is_under_way",
    "take_in",
    "take_in_account",
    "undo",
]

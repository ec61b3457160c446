"""Words, and ties to others, that somebody held elsewhere, brought here: one reader for each format."""

from speak.clients.bringing.asking import (
    begin,
    bring_file,
    file_of,
    forget,
    import_of,
    imports_of,
    is_under_way,
    undo,
)
from speak.clients.bringing.formats import FORMATS

__all__ = ["FORMATS", "begin", "bring_file", "file_of", "forget", "import_of", "imports_of", "is_under_way", "undo"]

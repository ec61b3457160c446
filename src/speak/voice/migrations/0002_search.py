"""The index of words: FTS5 in the embedded database, a tsvector in PostgreSQL."""

from typing import ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def make_index(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the table that `voice.search` writes."""
    if editor.connection.vendor == "postgresql":
        editor.execute("CREATE TABLE voice_search (post_id bigint PRIMARY KEY, words tsvector NOT NULL)")
        editor.execute("CREATE INDEX voice_search_words ON voice_search USING gin (words)")
    else:
        editor.execute("CREATE VIRTUAL TABLE voice_search USING fts5(words, tokenize='unicode61 remove_diacritics 2')")


def drop_index(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Forget it."""
    editor.execute("DROP TABLE voice_search")


class Migration(migrations.Migration):
    """Beside the posts, not among Django's models."""

    dependencies: ClassVar = [("voice", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(make_index, drop_index)]

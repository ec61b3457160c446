"""Posts by their words: FTS5 in the embedded database, a tsvector in PostgreSQL.

The index is a plain table beside the posts, written in the same transaction as they are.
"""

import re

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from speak.voice.models import Post
from speak.voice.sanitize import plain_text

WORD = re.compile(r"\w+")
MAX_WORDS = 12
# A tsvector holds a megabyte; each character takes at most four bytes of it, the places of words included.
MAX_INDEXED = 200_000
AT_ONCE = 500


def index(post: Post, *, is_new: bool = False) -> None:
    """Make a post findable by the words it has now. A new one has none to forget."""
    if not is_new:
        forget(post.pk)
    words = " ".join((post.title, post.summary, plain_text(post.html)))[:MAX_INDEXED]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "INSERT INTO voice_search (post_id, words) VALUES (%s, to_tsvector('simple', %s))",
                [post.pk, words],
            )
        else:
            cursor.execute("INSERT INTO voice_search (rowid, words) VALUES (%s, %s)", [post.pk, words])


def forget(post_id: int) -> None:
    """Make a post unfindable."""
    column = "post_id" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM voice_search WHERE {column} = %s", [post_id])  # noqa: S608 - one of two words


def forget_all_of(author_id: int) -> None:
    """Make all posts of somebody unfindable."""
    column = "post_id" if connection.vendor == "postgresql" else "rowid"
    theirs = Post.objects.filter(author=author_id).values_list("pk", flat=True)
    with connection.cursor() as cursor:
        for first in range(0, len(pks := list(theirs)), AT_ONCE):
            some = pks[first : first + AT_ONCE]
            places = ", ".join(["%s"] * len(some))
            cursor.execute(f"DELETE FROM voice_search WHERE {column} IN ({places})", some)  # noqa: S608 - only places


def matching(posts: QuerySet[Post], text: str) -> QuerySet[Post]:
    """Those among `posts` that hold every word of `text`; the last may be only begun."""
    words = [word.lower() for word in WORD.findall(text)[:MAX_WORDS]]
    if not words:
        return posts.none()
    if connection.vendor == "postgresql":
        query = " & ".join([*words[:-1], f"{words[-1]}:*"])
        sql = "SELECT post_id FROM voice_search WHERE words @@ to_tsquery('simple', %s)"
    else:
        query = " ".join([*(f'"{word}"' for word in words[:-1]), f'"{words[-1]}"*'])
        sql = "SELECT rowid FROM voice_search WHERE voice_search MATCH %s"
    return posts.filter(pk__in=RawSQL(sql, [query]))  # noqa: S611 - the words are a parameter

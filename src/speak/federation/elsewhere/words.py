"""What a post says, as plain words."""

from speak.voice.models import Option, Post, PostKind
from speak.voice.sanitize import plain_text


def plain_words(post: Post) -> str:
    """Its title and its words; below a question the answers one can choose from, which is done here."""
    said = f"{post.title}\n\n{plain_text(post.html)}" if post.kind == PostKind.ARTICLE else post.source
    options = Option.objects.filter(poll=post.pk).values_list("title", flat=True) if is_question(post) else ()
    return "\n".join((said.strip(), *(f"- {title}" for title in options))).strip()


def is_question(post: Post) -> bool:
    """Whether it asks to choose among answers."""
    return post.kind == PostKind.QUESTION

"""Stories, for their teller, for those whose words they use, and for those who read them."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from speak.identity.models import Actor
from speak.identity.queries import token_hash
from speak.kernel.errors import NotFound
from speak.rooms.models import Quotation, QuotationState, Story
from speak.voice.models import Post
from speak.voice.queries import readable_by


def stories_told(viewer: Actor | None) -> QuerySet[Story]:
    """The stories that were told here, as far as the viewer may read them, the newest first."""
    readable = readable_by(viewer).values("pk")
    return Story.objects.filter(post__in=readable).select_related("teller", "post__author").order_by("-told_at")


def stories_of(viewer: Actor) -> QuerySet[Story]:
    """The viewer's own, told or not."""
    return Story.objects.filter(teller=viewer).select_related("post__author")


def story_for(viewer: Actor, story_id: int) -> Story:
    """One of the viewer's own that is not told yet.

    Raises:
        NotFound: there is none, or it is somebody else's, or told.
    """
    story = stories_of(viewer).filter(pk=story_id, told_at=None).first()
    if story is None:
        raise NotFound(_("There is no such story, or it is somebody else's."))
    return story


def told_story_of(viewer: Actor, story_id: int) -> Post | None:
    """The article that one of the viewer's own became when it was told, while it stands."""
    told = stories_of(viewer).filter(pk=story_id, post__withdrawn_at=None).first()
    return told.post if told else None


def uses_words_of_others(post: Post) -> bool:
    """Whether a post is a story with places for words of others, who are asked again when it is edited."""
    used = Quotation.objects.filter(story__post=post.pk).exclude(state=QuotationState.TAKEN_BACK)
    return used.exclude(author=post.author_id).exists()


def quotation_for(viewer: Actor, quotation_id: int) -> Quotation:
    """Words of the viewer's own that somebody uses, or would like to, in a story.

    Raises:
        NotFound: there are none, or nobody has asked yet.
    """
    return _found(_asked().filter(pk=quotation_id, author=viewer).first())


def quotation_by_token(token: str) -> Quotation:
    """The same, for whoever knows the link that was sent to the author elsewhere.

    Raises:
        NotFound: nobody was sent such a link.
    """
    return _found(_asked().filter(token_hash=token_hash(token), author__user=None).first())


def words_used_of(viewer: Actor) -> QuerySet[Quotation]:
    """Where words of the viewer's own stand in stories of others, or are asked for."""
    return _asked().filter(author=viewer).exclude(story__teller=viewer).exclude(state=QuotationState.TAKEN_BACK)


def _asked() -> QuerySet[Quotation]:
    asked = Quotation.objects.exclude(state=QuotationState.CHOSEN).exclude(asked_at=None)
    return asked.select_related("story__teller", "story__post__author", "author", "post__author").order_by("-pk")


def _found(quotation: Quotation | None) -> Quotation:
    if quotation is None:
        raise NotFound(_("There is nothing here that somebody asks you."))
    return quotation

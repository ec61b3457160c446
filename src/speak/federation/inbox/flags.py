"""Complaints of other servers about somebody here. Who complains there is not told, nor asked."""

from speak.federation.documents import Flag
from speak.federation.documents.nodes import host_of
from speak.identity.models import Actor
from speak.safety.actions import receive_report
from speak.voice.queries import readable_by
from speak.voice.sanitize import plain_text

MOST_PEOPLE = 5


def hear(sender: Actor, activity: Flag) -> None:
    """Bring a complaint before somebody here who hears reports and is not who it is about.

    The posts it names are shown to them as far as the one who sends it may read them. A complaint
    about several people is taken as one about each; about nobody here, it is let be.
    """
    people = Actor.objects.filter(uri__in=activity.object_uris, domain="", user__isnull=False, gone_at=None)
    posts = readable_by(sender).filter(uri__in=activity.object_uris, author__domain="")
    reported = {*people, *Actor.objects.filter(pk__in=posts.values("author"), user__isnull=False)}
    for person in sorted(reported, key=lambda each: each.pk)[:MOST_PEOPLE]:
        receive_report(
            host_of(sender.uri),
            reported=person,
            words=plain_text(activity.words),
            posts=list(posts.filter(author=person).select_related("author")),
        )

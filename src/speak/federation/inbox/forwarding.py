"""Activities that somebody else brings without a proof: not believed, but their origin may be asked."""

from speak.federation import tasks
from speak.federation.documents import Activity, Create, Delete, Update
from speak.federation.documents.nodes import host_of
from speak.federation.relevance import has_followers_here
from speak.identity.models import Actor
from speak.identity.queries import actor_by_uri
from speak.voice.models import Post
from speak.voice.queries import post_by_uri


def ask_its_origin(bringer: Actor, activity: Activity) -> bool:
    """Whether what was brought is worth asking the server of its author for; then that is done later.

    It is if it answers words that are known here, and whoever brings it said those or is followed
    here; or if it changes or ends a post that is known here.
    """
    if not isinstance(activity, Create | Update | Delete):
        return False
    uri = activity.object_uri
    if host_of(uri) != host_of(activity.actor_uri) or host_of(uri) == host_of(bringer.uri):
        return False
    if isinstance(activity, Create):
        is_worth_it = _answers_known(bringer, activity) and not Post.objects.filter(uri=uri).exists()
        if is_worth_it:
            tasks.fetch_post.enqueue(uri=uri)
        return is_worth_it
    author = actor_by_uri(activity.actor_uri)
    known = post_by_uri(author, uri) if author else None
    if author is None or known is None or known.author_id != author.pk:
        return False
    tasks.look_again.enqueue(author_id=author.pk, uri=uri)
    return True


def _answers_known(bringer: Actor, activity: Create) -> bool:
    answered_uri = activity.post.uri_or_none("inReplyTo") if activity.post else ""
    answered = post_by_uri(bringer, answered_uri) if answered_uri else None
    return answered is not None and (answered.author_id == bringer.pk or has_followers_here(bringer))

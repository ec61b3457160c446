"""Following across servers."""

from speak.federation.documents import Accept, Follow, Reject
from speak.federation.inbox import quotes
from speak.identity import actions
from speak.identity.models import Actor, FollowState
from speak.identity.models import Follow as FollowRow
from speak.identity.queries import actor_by_uri


def ask(sender: Actor, activity: Follow) -> None:
    """Somebody elsewhere wants to follow somebody here; the answer names this activity."""
    target = actor_by_uri(activity.target_uri)
    if target is not None and target.is_local and target.user_id is not None:
        actions.follow(sender, target=target, uri=activity.uri)


def accepted(sender: Actor, activity: Accept) -> None:
    """They let somebody here follow them, or show their words."""
    if quotes.answered(sender, activity):
        return
    row = _asked(sender, activity)
    if row is not None and row.state == FollowState.ASKED:
        actions.accept_follow(sender, follow=row)


def rejected(sender: Actor, activity: Reject) -> None:
    """They said no, or ended a follow that held."""
    if quotes.answered(sender, activity):
        return
    row = _asked(sender, activity)
    if row is not None:
        actions.refuse_follow(sender, follower=row.follower)


def _asked(target: Actor, activity: Accept | Reject) -> FollowRow | None:
    """The follow that is meant: by its id; where the answer names none of ours, by who follows."""
    rows = FollowRow.objects.filter(target=target, follower__domain="").select_related("follower", "target")
    found = rows.filter(uri=activity.asked_uri).first() if activity.asked_uri else None
    if found is None and activity.asker_uri:
        found = rows.filter(follower__uri=activity.asker_uri).first()
    return found

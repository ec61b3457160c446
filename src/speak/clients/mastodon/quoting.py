"""Words shown inside other words (docs.joinmastodon.org/methods/statuses#quotes)."""

from typing import Literal

import msgspec
from django.utils.translation import gettext as _

from speak.clients.api.endpoints import Call, Who, endpoint
from speak.clients.api.paging import Listed, Page, ends
from speak.clients.mastodon.entities.statuses import Status
from speak.clients.mastodon.reading import post_meant
from speak.clients.mastodon.shown.statuses import shown_posts, shown_status
from speak.identity.models import Quoting
from speak.voice import actions
from speak.voice.errors import NotThere
from speak.voice.queries import post_for, quotes_for
from speak.voice.queries import quoting as quoting_posts

POLICY = {"public": Quoting.ANYONE, "followers": Quoting.FOLLOWERS, "nobody": Quoting.NOBODY}
QuotePolicy = Literal["public", "followers", "nobody"]


class Policy(msgspec.Struct, kw_only=True):
    """Who may quote a post."""

    quote_approval_policy: QuotePolicy


@endpoint("GET", "/api/v1/statuses/<int:post_id>/quotes", "read:statuses", who=Who.ANYONE)
def quotes(call: Call, given: Page, post_id: int) -> Listed[Status]:
    """What shows a post with its author's consent, as far as the viewer may read it."""
    shown = quoting_posts(call.viewer, post_meant(call.viewer, post_id), given.window())
    found = sorted(shown, key=lambda post: -post.pk)
    return Listed(shown_posts(call.viewer, found), *ends(found))


@endpoint("POST", "/api/v1/statuses/<int:post_id>/quotes/<int:quoting_id>/revoke", "write:statuses")
def revoke(call: Call, post_id: int, quoting_id: int) -> Status:
    """Do not let a post show one's words any more."""
    around = post_for(call.me, quoting_id)
    quoted = quotes_for(call.me, [around.pk]).get(around.pk)
    if quoted is None or not quoted.is_mine or (quoted.post and quoted.post.pk != post_id):
        raise NotThere(_("That post does not show these words of yours."))
    actions.refuse_quote(call.me, post=around)
    return shown_status(call.me, around)


@endpoint("PUT", "/api/v1/statuses/<int:post_id>/interaction_policy", "write:statuses")
def interaction_policy(call: Call, given: Policy, post_id: int) -> Status:
    """Choose who may quote it from now on."""
    post = post_for(call.me, post_id)
    actions.choose_who_may_quote_it(call.me, post=post, quoting=POLICY[given.quote_approval_policy])
    return shown_status(call.me, post)

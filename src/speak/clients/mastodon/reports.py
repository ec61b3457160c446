"""Telling a named human that something is wrong (docs.joinmastodon.org/methods/reports)."""

from typing import Annotated

import msgspec
from django.utils.translation import gettext as _

from speak.clients.api.endpoints import Call, endpoint
from speak.clients.api.paging import Id
from speak.clients.mastodon.entities.reports import Category, Report
from speak.clients.mastodon.shown.people import shown_accounts
from speak.identity.queries import known_actor
from speak.safety.actions import Complaint, make_report
from speak.safety.queries import handlers_for
from speak.voice.queries import readable_by


class Given(msgspec.Struct, kw_only=True):
    """About whom, and what happened."""

    account_id: Id
    status_ids: list[Id] = []
    comment: Annotated[str, msgspec.Meta(max_length=5_000)] = ""
    forward: bool = False
    category: Category = "other"
    rule_ids: list[str] = []


@endpoint("POST", "/api/v1/reports", "write:reports")
def report(call: Call, given: Given) -> Report:
    """Tell whoever was first to say that they hear reports; on our pages one chooses among them."""
    reported = known_actor(given.account_id)
    posts = list(readable_by(call.me).filter(pk__in=given.status_ids, author=reported))
    hearing = handlers_for(call.me, reported)
    complaint = Complaint(words=given.comment or _sentence(given.category), posts=posts, is_forwarded=given.forward)
    made = make_report(call.me, reported=reported, complaint=complaint, handler=hearing[0] if hearing else None)
    return Report(
        id=str(made.pk),
        action_taken=False,
        action_taken_at=None,
        category=given.category,
        comment=made.words,
        forwarded=made.is_forwarded,
        created_at=made.created_at,
        status_ids=[str(post.pk) for post in posts],
        rule_ids=given.rule_ids or None,
        target_account=shown_accounts([reported])[0],
    )


def _sentence(category: Category) -> str:
    """What an app means that sends no words."""
    return {
        "spam": _("This is advertising that nobody asked for."),
        "legal": _("This seems to be against the law."),
        "violation": _("This is against what holds here."),
        "other": _("I do not think this belongs here."),
    }[category]

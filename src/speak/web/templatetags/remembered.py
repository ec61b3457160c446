"""Pieces of pages that are remembered by the values they show: equal values look the same, whoever asks.

Nothing has to be forgotten when something changes, since it is another value then; and nobody is
shown what is not in their own values.
"""

import secrets
from functools import lru_cache

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language

from speak.web.shown.posts import ShownPost
from speak.web.templatetags.times import in_words

register = template.Library()
# Stands where each request has a token of its own. No one else knows it, so no words can hold it.
TOKEN = secrets.token_urlsafe(24)
# Some kilobytes each.
MOST_REMEMBERED = 600


@register.simple_tag(takes_context=True)
def remembered_post(context: Context, post: ShownPost) -> SafeString:
    """What pieces/post.html makes of a post among others."""
    user, request = context.get("user"), context.get("request")
    is_signed_in = bool(user is not None and user.is_authenticated)
    where = request.get_full_path() if request is not None and is_signed_in else ""
    moments = (in_words(post.said_at), in_words(post.edited_at))
    look = (get_script_prefix(), get_language() or "", get_current_timezone_name())
    html = _post(post, moments, is_signed_in=is_signed_in, where=where, look=look)
    return with_token(html, context.get("csrf_token", ""))


def with_token(html: str, token: object) -> SafeString:
    """What was remembered, with the token of this request (a lazy one is only asked where it is needed)."""
    return mark_safe(html.replace(TOKEN, str(token)) if TOKEN in html else html)  # noqa: S308 - a template wrote it


@lru_cache(maxsize=MOST_REMEMBERED)
def _post(
    post: ShownPost,
    _moments: tuple[str, str],  # "a minute ago" is not the same as "two minutes ago"
    *,
    is_signed_in: bool,
    where: str,
    look: tuple[str, str, str],  # noqa: ARG001 - what addresses begin with, language and clock: those that are active
) -> str:
    context = {
        "post": post,
        "whole": False,
        "user": {"is_authenticated": is_signed_in},
        "request": {"get_full_path": where},
        "csrf_token": TOKEN,
    }
    return render_to_string("web/pieces/post.html", context)

"""Every way to read a post. Each asks first who is looking."""

from speak.voice.queries.drafts import draft_of, drafts_of, due_drafts
from speak.voice.queries.media import media_shown_to, unsaid_media
from speak.voice.queries.readable import (
    may_be_answered_by,
    post_by_uri,
    post_for,
    post_of_event,
    readable_by,
    readers_of,
    revisions_of,
    withdrawn_for,
)
from speak.voice.queries.states import PostState, states_for
from speak.voice.queries.threads import Thread, awaiting_answer, replies_to, thread_for
from speak.voice.queries.timelines import (
    Entry,
    Window,
    collection_of,
    gathered_here,
    home_timeline,
    kept_by,
    liked_by,
    posts_found,
    posts_of,
    posts_tagged,
)

__all__ = [
    "Entry",
    "PostState",
    "Thread",
    "Window",
    "awaiting_answer",
    "collection_of",
    "draft_of",
    "drafts_of",
    "due_drafts",
    "gathered_here",
    "home_timeline",
    "kept_by",
    "liked_by",
    "may_be_answered_by",
    "media_shown_to",
    "post_by_uri",
    "post_for",
    "post_of_event",
    "posts_found",
    "posts_of",
    "posts_tagged",
    "readable_by",
    "readers_of",
    "replies_to",
    "revisions_of",
    "states_for",
    "thread_for",
    "unsaid_media",
    "withdrawn_for",
]

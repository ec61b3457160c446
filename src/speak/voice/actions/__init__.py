"""Every write of what is said. Each is one transaction and ends in an event."""

from speak.voice.actions.answers import (
    boost,
    keep,
    let_go,
    let_rest,
    like,
    unboost,
    unlike,
)
from speak.voice.actions.drafts import DraftWords, drop_draft, hold_draft, keep_draft, say_draft, say_due_drafts
from speak.voice.actions.media import add_picture, describe, forget_unused_media
from speak.voice.actions.receiving import (
    IncomingMedia,
    IncomingPost,
    forget_words_of,
    receive_edit,
    receive_post,
    receive_withdrawal,
)
from speak.voice.actions.speaking import Words, edit_post, publish_post, withdraw_post

__all__ = [
    "DraftWords",
    "IncomingMedia",
    "IncomingPost",
    "Words",
    "add_picture",
    "boost",
    "describe",
    "drop_draft",
    "edit_post",
    "forget_unused_media",
    "forget_words_of",
    "hold_draft",
    "keep",
    "keep_draft",
    "let_go",
    "let_rest",
    "like",
    "publish_post",
    "receive_edit",
    "receive_post",
    "receive_withdrawal",
    "say_draft",
    "say_due_drafts",
    "unboost",
    "unlike",
    "withdraw_post",
]

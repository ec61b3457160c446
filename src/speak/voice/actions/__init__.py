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
from speak.voice.actions.filters import FilterWords, drop_filter, filter_post, keep_filter, keep_keyword
from speak.voice.actions.looks import ask_about, page_of, show_draft, take_look_back
from speak.voice.actions.media import add_picture, describe, drop_picture, forget_unused_media, look_at
from speak.voice.actions.pins import pin, receive_pins, unpin
from speak.voice.actions.quotes import (
    agree_to_quote,
    forget_quote,
    hear_agreement,
    hear_refusal,
    learn_quote,
    receive_quote_request,
    refuse_quote,
)
from speak.voice.actions.receiving import (
    IncomingMedia,
    IncomingPost,
    forget_words_of,
    receive_edit,
    receive_post,
    receive_withdrawal,
)
from speak.voice.actions.rooms import let_read_earlier, stop_reading
from speak.voice.actions.speaking import Words, edit_post, publish_post, take_words_out, withdraw_post

__all__ = [
    "DraftWords",
    "FilterWords",
    "IncomingMedia",
    "IncomingPost",
    "Words",
    "add_picture",
    "agree_to_quote",
    "ask_about",
    "boost",
    "describe",
    "drop_draft",
    "drop_filter",
    "drop_picture",
    "edit_post",
    "filter_post",
    "forget_quote",
    "forget_unused_media",
    "forget_words_of",
    "hear_agreement",
    "hear_refusal",
    "hold_draft",
    "keep",
    "keep_draft",
    "keep_filter",
    "keep_keyword",
    "learn_quote",
    "let_go",
    "let_read_earlier",
    "let_rest",
    "like",
    "look_at",
    "page_of",
    "pin",
    "publish_post",
    "receive_edit",
    "receive_pins",
    "receive_post",
    "receive_quote_request",
    "receive_withdrawal",
    "refuse_quote",
    "say_draft",
    "say_due_drafts",
    "show_draft",
    "stop_reading",
    "take_look_back",
    "take_words_out",
    "unboost",
    "unlike",
    "unpin",
    "withdraw_post",
]

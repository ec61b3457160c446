"""The nouns of voice."""

from speak.voice.models.answers import Bookmark, Boost, Like, Pin, Rest
from speak.voice.models.brought import Brought
from speak.voice.models.choices import FollowedTag, Hush, PlaceInThread, ShownTag
from speak.voice.models.draft import Draft
from speak.voice.models.filter import Filter, FilterAct, FilterKeyword, FilterPost
from speak.voice.models.look import Look, Question
from speak.voice.models.media import Media
from speak.voice.models.poll import Choice, Option, Poll
from speak.voice.models.post import Mention, Post, PostKind, Reader, Revision, Tag, Wants
from speak.voice.models.quotes import Consent, Quote
from speak.voice.reach import Reach

__all__ = [
    "Bookmark",
    "Boost",
    "Brought",
    "Choice",
    "Consent",
    "Draft",
    "Filter",
    "FilterAct",
    "FilterKeyword",
    "FilterPost",
    "FollowedTag",
    "Hush",
    "Like",
    "Look",
    "Media",
    "Mention",
    "Option",
    "Pin",
    "PlaceInThread",
    "Poll",
    "Post",
    "PostKind",
    "Question",
    "Quote",
    "Reach",
    "Reader",
    "Rest",
    "Revision",
    "ShownTag",
    "Tag",
    "Wants",
]

"""The nouns of voice."""

from speak.voice.models.answers import Bookmark, Boost, Like, Rest
from speak.voice.models.draft import Draft
from speak.voice.models.media import Media
from speak.voice.models.post import Mention, Post, PostKind, Reader, Revision, Tag
from speak.voice.reach import Reach

__all__ = [
    "Bookmark",
    "Boost",
    "Draft",
    "Like",
    "Media",
    "Mention",
    "Post",
    "PostKind",
    "Reach",
    "Reader",
    "Rest",
    "Revision",
    "Tag",
]

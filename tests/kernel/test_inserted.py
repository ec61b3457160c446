"""A row inserted by kept SQL is the row that `save()` would have written."""

import pytest
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict

from speak.identity.models import Actor
from speak.kernel.ids import new_id
from speak.kernel.inserted import insert
from speak.voice.models import Post
from speak.voice.reach import Reach

pytestmark = pytest.mark.django_db


def test_it_is_what_save_would_have_written(alice: Actor) -> None:
    rows = []
    for write in (insert, Post.save):
        pk = new_id()
        about = {"uri": f"https://far.example/{pk}", "reach": Reach.PUBLIC, "policy": {"canQuote": {"now": ["a", "ü"]}}}
        post = Post(id=pk, author=alice, audience_owner=alice, thread_id=1, html="<p>100 % 'so'</p>", **about)
        write(post)
        assert not post._state.adding  # noqa: SLF001 - whether it counts as written
        found = model_to_dict(Post.objects.get(pk=pk), exclude=["uri", "audience_at", "said_at", "created_at"])
        rows.append(found)
        post.refresh_from_db()
    assert rows[0] == rows[1]


def test_one_that_is_there_already_is_refused(alice: Actor) -> None:
    about = {"uri": "https://far.example/1", "reach": Reach.PUBLIC, "thread_id": 1}
    insert(Post(author=alice, audience_owner=alice, **about))
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Post(author=alice, audience_owner=alice, **about))
    assert Post.objects.count() == 1

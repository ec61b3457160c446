"""Medium's export: stories and answers, at their time."""

from pathlib import Path

import pytest
from django.utils.dateparse import parse_datetime

from speak.identity.models import Actor
from speak.voice.actions import BroughtFor
from speak.voice.models import Post, PostKind
from speak.voice.reach import Reach
from tests.clients.bringing.packing import brought, counts, files_of, refused, zipped


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """As it is given to people."""
    return zipped(files_of("medium"), tmp_path / "medium-export.zip")


def test_the_exact_posts_arrive(alice: Actor, archive: Path) -> None:
    row = brought(alice, archive, BroughtFor(Reach.PUBLIC))
    story, answer = Post.objects.order_by("said_at")
    assert (story.kind, story.title, story.reach) == (PostKind.ARTICLE, "How a pump is mended", Reach.PUBLIC)
    assert story.said_at == parse_datetime("2018-01-02T10:20:30.456Z")
    assert story.brought.key == "https://medium.com/p/1a2b3c4d5e6f"
    assert "<h3" not in story.html
    assert '<a href="https://cdn-images-1.medium.com/max/800/1*x.jpeg"' in story.html
    assert story.source.endswith("First **take it apart**, as [Bob](https://bob.example/) says.")
    assert (answer.kind, answer.source) == (PostKind.NOTE, "Mine leaks too.")
    assert counts(row) == {"draft": 1, "picture_elsewhere": 1}
    again = brought(alice, archive)
    assert (again.report["posts"], again.report["already"]) == (0, 2)


def test_half_a_page_is_refused(alice: Actor, tmp_path: Path) -> None:
    files = files_of("medium")
    name = next(name for name in files if "leaks" in name)
    files[name] = files[name][:-60]
    assert "breaks off" in refused(alice, zipped(files, tmp_path / "medium.zip"))

"""Files by token."""

import pytest
from pytest_django import Settings

from speak.kernel import blobs
from speak.kernel.errors import NotFound


def test_a_file_is_kept_under_a_name_that_nobody_guesses(settings: Settings) -> None:
    one, other = blobs.put(b"pear", suffix="webp"), blobs.put(b"pear", suffix="webp")
    assert one != other
    assert blobs.TOKEN.fullmatch(one)
    assert blobs.path_of(one).read_bytes() == b"pear"
    assert blobs.path_of(one).is_relative_to(settings.MEDIA_ROOT)
    assert blobs.url_of(one) == f"https://home.example/media/{one}"
    assert not list(blobs.path_of(one).parent.glob("*.partial"))


@pytest.mark.parametrize(
    "token",
    [
        "",
        "pear.webp",
        "../../etc/passwd",
        "0" * 32,
        "0" * 32 + ".html",
        "0" * 32 + ".svg",
        "0" * 31 + "/.webp",
        "0" * 32 + ".webp\n",
        "G" * 32 + ".webp",
        "0" * 32 + ".webp/../x",
    ],
)
def test_what_is_no_token_leads_to_no_file(token: str) -> None:
    with pytest.raises(NotFound):
        blobs.path_of(token)


def test_a_kind_of_file_that_pages_might_run_is_not_kept(settings: Settings) -> None:
    for suffix in ("html", "svg", "js", ""):
        with pytest.raises(NotFound):
            blobs.put(b"<script>", suffix=suffix)
    assert not list(settings.MEDIA_ROOT.glob("**/*.*"))


def test_a_file_goes_once_and_for_all_and_no_other_with_it() -> None:
    one, two, three = (blobs.put(b"x", suffix="png") for _ in range(3))
    blobs.delete(one)
    blobs.delete(one)
    blobs.delete_all([two, ""])
    assert [blobs.path_of(token).exists() for token in (one, two, three)] == [False, False, True]


def test_where_there_is_no_file_there_is_no_address() -> None:
    assert blobs.url_of("") == ""


@pytest.mark.parametrize("suffix", sorted(blobs.TYPES))
def test_every_kind_that_is_kept_has_a_media_type(suffix: str) -> None:
    assert blobs.type_of(blobs.put(b"x", suffix=suffix)).split("/")[0] in {"image", "audio", "video"}

"""Words made to fit where there is less room."""

from hypothesis import given
from hypothesis import strategies as some

from speak.federation.elsewhere.fitting import Room, calling_nobody, fit

LINK = "https://home.example/@alice/117699125503393539"
PARTS = some.sampled_from(["word", "https://a.example/a/very/long/way/to/a/page", "\n\n", "é", "a" * 60, "@bob", "."])


def test_what_fits_stays_whole_and_what_does_not_is_cut_at_a_word_with_the_way_to_the_rest() -> None:
    assert fit("Good morning.", link=LINK, room=Room(500, 23), always_links=False) == "Good morning."
    assert fit("Good morning.", link=LINK, room=Room(500, 23), always_links=True) == f"Good morning.\n\n{LINK}"
    assert (
        fit("one two three four five six seven eight nine", link=LINK, room=Room(40, 23), always_links=False)
        == f"one two three …\n\n{LINK}"
    )


@given(some.lists(PARTS, max_size=60), some.integers(60, 300), some.sampled_from([0, 23]), some.booleans())
def test_it_always_fits_and_begins_as_the_words_do(
    parts: list[str],
    longest: int,
    address_length: int,
    always_links: bool,  # noqa: FBT001 - of every kind
) -> None:
    text, room = " ".join(parts), Room(longest, address_length)
    made = fit(text, link=LINK, room=room, always_links=always_links)
    assert room.taken_by(made) <= longest
    assert made == text.strip() or made.endswith(LINK)
    assert text.strip().startswith(made.removesuffix(LINK).strip().removesuffix("…").strip())


def test_nobody_is_called_twice_and_addresses_stay() -> None:
    said = "@bob, write to a@b.example or see https://home.example/@alice, @dora@far.example"
    made = calling_nobody(said)
    assert "@bob" not in made
    assert "@dora" not in made
    assert "a@b.example" in made
    assert "https://home.example/@alice" in made
    assert made.replace("\u2060", "") == said

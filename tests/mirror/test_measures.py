"""Each measure, on a conversation small enough to count on one's fingers."""

import pytest

from speak.mirror.measures.curve import DAY as A_DAY
from speak.mirror.measures.curve import Step, answered_by
from speak.mirror.measures.ties import Compared, beyond_chance, expected_crossing, in_words, over_expected
from speak.mirror.release import fewest_for_half
from speak.mirror.standing import Held, People, Standing
from speak.mirror.table import ParentKind

from .talk import DAY, HOUR, MINUTE, START, Say, Talk, measured, sums

# Ann asks; Bob answers after half an hour, Cay after two days. Bob asks, and nobody answers. Cay asks a day before
# the end.
ASKED = (
    Say("a1", "ann"),
    Say("b1", "bob", 30 * MINUTE, to="a1"),
    Say("c1", "cay", 2 * DAY, to="a1"),
    Say("b2", "bob", 3 * DAY),
    Say("c2", "cay", 19 * DAY),
    Say("a2", "ann", 20 * DAY, to="c2"),
)


def test_taking_part_is_asked_of_those_on_the_list() -> None:
    people = People([Standing(name, is_listed=True) for name in ("ann", "bob", "dan")] + [Standing("cay")])
    assert sums(Talk(ASKED, people=people), "taking_part", "spoke") == {"ann": (1, 0), "bob": (1, 0), "dan": (0, 1)}


def test_without_a_list_nobody_says_how_many_take_part() -> None:
    with measured(Talk(ASKED)) as found:
        assert "taking_part" not in found


def test_who_is_heard_was_answered_by_somebody_else() -> None:
    talk = (*ASKED, Say("b3", "bob", 4 * DAY, to="b2"))
    assert sums(Talk(talk), "heard", "heard") == {"ann": (1, 0), "bob": (0, 1), "cay": (1, 0)}


@pytest.mark.parametrize("how", [how for how in ParentKind if how != ParentKind.NONE])
def test_whichever_way_a_message_states_what_it_answers_somebody_is_heard(how: ParentKind) -> None:
    talk = (Say("a1", "ann"), Say("b1", "bob", MINUTE, to="a1", how=how))
    assert sums(Talk(talk), "heard", "heard") == {"ann": (1, 0), "bob": (0, 1)}


def test_a_conversation_is_answered_within_a_time_or_not_and_what_is_too_young_is_not_asked() -> None:
    assert sums(Talk(ASKED), "answered", "hour") == {"ann": (1, 0), "bob": (0, 1), "cay": (0, 1)}
    assert sums(Talk(ASKED), "answered", "day") == {"ann": (1, 0), "bob": (0, 1), "cay": (1, 0)}
    assert sums(Talk(ASKED), "answered", "week") == {"ann": (1, 0), "bob": (0, 1)}


def test_a_conversation_with_a_first_message_is_opened_once_also_if_others_in_it_answer_nothing() -> None:
    # As a forum has it: the second post stands in the topic that the first one opened, and says no more than that.
    said = (Say("t1", "ann"), Say("t2", "bob", MINUTE, thread="t1"), Say("c1", "cay", DAY))
    assert sums(Talk(said), "answered", "hour") == {"ann": (1, 0)}
    # Where a topic has a name and no first message, whoever wrote first opened it.
    named = (Say("t1", "ann", thread="hall/t"), Say("t2", "bob", MINUTE, thread="hall/t"), Say("c1", "cay", DAY))
    assert sums(Talk(named), "answered", "hour") == {"ann": (1, 0)}


def test_what_is_seen_no_longer_is_neither_answered_nor_ignored() -> None:
    # Of four, one is answered in the first minute; one is seen for two minutes only; one is answered in the third.
    steps = [Step(MINUTE, 1, 0), Step(2 * MINUTE, 0, 1), Step(3 * MINUTE, 1, 0), Step(9 * MINUTE, 0, 1)]
    assert answered_by(steps, MINUTE) == 1 / 4
    assert answered_by(steps, 2 * MINUTE) == 1 / 4
    assert answered_by(steps, 3 * MINUTE) == 1 - 3 / 4 * 1 / 2


def test_the_curve_of_an_archive_counts_each_conversation_once() -> None:
    with measured(Talk(ASKED)) as found:
        steps = found["answered"].curves[""]
    assert [(step.until, step.answered, step.seen_no_longer) for step in steps] == [
        (30 * MINUTE, 1, 0),
        (DAY, 1, 0),
        (169 * HOUR, 0, 1),
    ]
    assert answered_by(steps, A_DAY) == pytest.approx(2 / 3)


def test_an_answer_is_a_reply_where_there_are_replies_and_being_named_where_there_are_none() -> None:
    named = Talk((Say("a1", "ann"), Say("b1", "bob", HOUR)), named=[("b1", "ann")])
    assert sums(named, "heard", "heard") == {"ann": (1, 0), "bob": (0, 1)}
    with measured(named) as found:
        assert "answered" not in found
        assert not {"reply", "reaction"} & found["newcomers"].asked.keys()


def test_nobody_is_new_in_the_first_ninety_days_unless_it_is_known_when_they_joined() -> None:
    said = (Say("a1", "ann"), Say("b1", "bob", DAY), Say("c1", "cay", 91 * DAY), Say("a2", "ann", 92 * DAY, to="c1"))
    end = Say("a3", "ann", 200 * DAY)
    assert sums(Talk((*said, end)), "newcomers", "reply") == {"cay": (1, 0)}
    joined = People([Standing("ann", joined_at=START - DAY), Standing("bob", joined_at=START + 1), Standing("cay")])
    assert sums(Talk((*said, end), people=joined), "newcomers", "reply") == {"bob": (0, 1), "cay": (1, 0)}


def test_each_way_of_answering_first_words_stands_for_itself() -> None:
    said = (
        *(Say("a1", "ann"), Say("b1", "bob", 100 * DAY), Say("c1", "cay", 101 * DAY), Say("d1", "dan", 102 * DAY)),
        *(Say("a2", "ann", 103 * DAY, to="b1"), Say("a3", "ann", 104 * DAY), Say("a4", "ann", 150 * DAY)),
    )
    talk = Talk(said, named=[("a3", "cay"), ("a4", "bob")], reacted=[("d1", "ann"), ("d1", "dan"), ("b1", "bob")])
    assert sums(talk, "newcomers", "reply") == {"bob": (1, 0), "cay": (0, 1), "dan": (0, 1)}
    assert sums(talk, "newcomers", "mention") == {"bob": (0, 1), "cay": (1, 0), "dan": (0, 1)}
    assert sums(talk, "newcomers", "reaction") == {"bob": (0, 1), "cay": (0, 1), "dan": (1, 0)}


def test_a_reply_after_more_than_a_week_comes_too_late() -> None:
    said = (Say("a1", "ann"), Say("b1", "bob", 100 * DAY), Say("a2", "ann", 107 * DAY + 1, to="b1"))
    assert sums(Talk((*said, Say("a3", "ann", 200 * DAY))), "newcomers", "reply") == {"bob": (0, 1)}


def test_who_comes_back_writes_on_a_later_day_within_thirty() -> None:
    said = (
        *(Say("a1", "ann"), Say("b1", "bob", 100 * DAY), Say("b2", "bob", 100 * DAY + HOUR)),
        *(Say("c1", "cay", 100 * DAY), Say("c2", "cay", 101 * DAY), Say("d1", "dan", 100 * DAY)),
        *(Say("d2", "dan", 131 * DAY), Say("e1", "eve", 180 * DAY), Say("a2", "ann", 200 * DAY)),
    )
    assert sums(Talk(said), "coming_back", "back") == {"bob": (0, 1), "cay": (1, 0), "dan": (0, 1)}


def test_ties_go_both_ways_or_one_way() -> None:
    # Ann answers Bob twice and Cay once; Bob answers Ann once.
    said = (
        *(
            Say("b0", "bob"),
            Say("c0", "cay"),
            Say("a0", "ann"),
            Say("a1", "ann", 1, to="b0"),
            Say("a2", "ann", 2, to="b0"),
        ),
        *(Say("a3", "ann", 3, to="c0"), Say("b1", "bob", 4, to="a0")),
    )
    assert sums(Talk(said), "reciprocity", "ties") == {"ann": (1, 1), "bob": (1, 0), "cay": (0, 0)}
    assert sums(Talk(said), "reciprocity", "weight") == {"ann": (1, 2), "bob": (1, 0), "cay": (0, 0)}
    # r = 2/3, d = 3/6
    assert beyond_chance(3, 2, 3) == pytest.approx((2 / 3 - 1 / 2) / (1 - 1 / 2))
    assert beyond_chance(6, 6, 3) is None


def test_five_in_the_room_answer_the_others_or_do_not() -> None:
    room = [f"r{number}" for number in range(5)]
    said = [Say("o1", "ola", 1), Say("o2", "ola", 2), Say("p1", "pia", 3), *(Say(f"{name}0", name, 4) for name in room)]
    said += [Say("x1", "r0", 5, to="o1"), Say("x2", "r1", 6, to="r00"), Say("x3", "r2", 9, to="p1")]
    held = [*(Held(name) for name in room if name != "r2"), Held("r2", since_at=START, until_at=START + 9)]
    people = People([Standing(name) for name in (*room, "ola", "pia")], held)
    assert sums(Talk(said, people=people), "the_room", "answering") == {
        "r0": (1, 0),
        **dict.fromkeys(room[1:], (0, 1)),
    }
    assert sums(Talk(said, people=people), "the_room", "entered") == {"ola": (1, 1), "pia": (0, 1)}
    with measured(Talk(said, people=People(people.standing, held[:4]))) as found:
        assert not found["the_room"].asked


def test_answers_cross_between_parts_or_stay_within() -> None:
    parts = {"ann": "A", "abe": "A", "bob": "B", "bea": "B", "cay": ""}
    people = People([Standing(name, cell) for name, cell in parts.items()])
    said = [Say(f"{name}0", name) for name in parts]
    said += [Say("1", "ann", 1, to="abe0"), Say("2", "ann", 2, to="bob0"), Say("3", "bob", 3, to="bea0")]
    said += [Say("4", "bea", 4, to="bob0"), Say("5", "cay", 5, to="bob0"), Say("6", "ann", 6, to="cay0")]
    assert sums(Talk(said, people=people), "bridges", "crossing") == {"ann": (1, 1), "bob": (0, 1), "bea": (0, 1)}
    with measured(Talk(said, people=people)) as found:
        answers = {cells: crossing.answers for cells, crossing in found["bridges"].crossings.items()}
    assert answers == {("A", "A"): 1, ("A", "B"): 1, ("B", "B"): 2}
    # A gave 2 of 4, B got 3 of 4: expected 1.5, observed 1.
    assert over_expected(answers)["A", "B"] == pytest.approx(1 / 1.5)
    assert over_expected(answers)["B", "A"] == 0
    assert in_words(1 / 1.5) is Compared.LESS
    assert expected_crossing(answers) == pytest.approx(1 - (2 * 1 + 2 * 3) / 16)


def test_a_conversation_has_somebody_from_outside_in_it_or_not() -> None:
    people = People([Standing("ann"), Standing("bob"), Standing("far", is_outside=True)])
    said = (Say("a1", "ann"), Say("b1", "bob", 1, to="a1"), Say("a2", "ann", 2), Say("f1", "far", 3, to="a2"))
    assert sums(Talk((*said, Say("f2", "far", 4)), people=people), "outside", "outside") == {
        "ann": (1, 1),
        "far": (1, 0),
    }


def test_a_week_runs_from_monday_and_counts_each_person_once() -> None:
    said = (Say("a1", "ann"), Say("a2", "ann", HOUR), Say("b1", "bob", 6 * DAY), Say("c1", "cay", 7 * DAY))
    monday = START - 9 * HOUR
    with measured(Talk(said)) as found:
        assert found["weeks"].weeks == [(monday, 2), (monday + 7 * DAY, 1)]


def test_how_few_write_half() -> None:
    said = [Say(f"a{n}", "ann", n) for n in range(5)] + [Say(f"b{n}", "bob", n) for n in range(3)]
    said += [Say("c", "cay"), Say("d", "dan")]
    written = sums(Talk(said), "few", "messages")
    assert written == {"ann": (5, 0), "bob": (3, 0), "cay": (1, 0), "dan": (1, 0)}
    assert fewest_for_half(yes for yes, _ in written.values()) == 1
    assert fewest_for_half([3, 3, 3, 1]) == 2
    assert fewest_for_half([]) == 0


def test_what_is_private_taken_back_or_a_notice_counts_nowhere() -> None:
    said = [
        Say("a1", "ann"),
        Say("b1", "bob", 1, to="a1", visibility="private"),
        Say("c1", "cay", 2, to="a1", deleted=True),
    ]
    said += [Say("d1", "dan", 3, to="a1", kind="system")]
    with measured(Talk(said, named=[("a1", "bob")])) as found:
        assert [part.person for part in found["few"].asked["messages"].parts] == ["ann"]


def test_who_objects_leaves_every_figure_and_every_tie() -> None:
    said = (*ASKED, Say("z1", "zoe", DAY), Say("a9", "ann", DAY + 1, to="z1"), Say("z2", "zoe", 10 * DAY, to="b2"))
    without = People([Standing(name) for name in ("ann", "bob", "cay")])
    with measured(Talk(said, named=[("a1", "zoe")], reacted=[("a1", "zoe")], people=without)) as found:
        people = {part.person for count in found.values() for asked in count.asked.values() for part in asked.parts}
        assert people == {"ann", "bob", "cay"}
        assert {part.person: part.yes for part in found["heard"].asked["heard"].parts}["bob"] == 0

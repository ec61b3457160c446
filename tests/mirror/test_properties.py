"""What must not move a figure, and what must not move one unsaid."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from speak.mirror.archives.reading import read_archive
from speak.mirror.engines import opened
from speak.mirror.ledger import Ledger
from speak.mirror.looking import look, read_of
from speak.mirror.report import Finding, Read
from speak.mirror.roster import roster_of
from speak.mirror.standing import Held, People, Standing

from . import slack
from .talk import DAY, HOUR, MINUTE, Say, Talk, put, seeded

READ = Read("a conversation", "slack", 0)


def lively(chance: random.Random) -> Talk:
    """Some forty people in two parts, six of them in the room; some threads, some names, some reactions."""
    people = [f"p{number:02}" for number in range(40)]
    said: list[Say] = []
    for who in people:
        for number in range(chance.randint(1, 3)):
            opening = Say(f"{who}-{number}", who, chance.randrange(200 * DAY))
            said.append(opening)
            for reply in range(chance.choice([0, 1, 2])):
                after = opening.after + chance.randrange(chance.choice([HOUR, 3 * DAY]))
                said.append(Say(f"{who}-{number}-{reply}", chance.choice(people), after, to=opening.msg_id))
    named = [(say.msg_id, chance.choice(people)) for say in said if chance.random() < 0.3]
    reacted = [(say.msg_id, chance.choice(people)) for say in said if chance.random() < 0.3]
    standing = [
        Standing(who, "A" if place % 3 else "B", place % 4 == 0, is_listed=True) for place, who in enumerate(people)
    ]
    return Talk(said, named, reacted, People(standing, [Held(who) for who in people[:6]]))


def findings(talk: Talk, folder: Path) -> tuple[Finding, ...]:
    """What everybody may read of it."""
    with opened() as engine:
        put(engine, talk)
        assert talk.people
        ledger = Ledger(folder / "ledger", key=b"of nobody")
        return look(engine, talk.people, read=READ, ledger=ledger).findings


@pytest.mark.parametrize("seed", range(3))
def test_neither_order_nor_names_nor_bots_move_a_figure(seed: int, tmp_path: Path) -> None:
    chance = seeded(seed)
    talk = lively(chance)
    before = findings(talk, tmp_path)
    assert len(before) == 11
    assert sum(figure.percent is not None for finding in before for figure in finding.figures) > 10
    assert findings(_shuffled(talk, chance), tmp_path) == before
    assert findings(_renamed(talk, chance), tmp_path) == before
    assert findings(_with_bots(talk, chance), tmp_path) == before


def _shuffled(talk: Talk, chance: random.Random) -> Talk:
    assert talk.people
    people = People(
        chance.sample(talk.people.standing, len(talk.people.standing)),
        chance.sample(talk.people.held, len(talk.people.held)),
    )
    said = chance.sample(talk.said, len(talk.said))
    named = chance.sample(talk.named, len(talk.named))
    reacted = chance.sample(talk.reacted, len(talk.reacted))
    return Talk(said, named, reacted, people)


def _renamed(talk: Talk, chance: random.Random) -> Talk:
    assert talk.people
    old = [who.person for who in talk.people.standing]
    new = dict(zip(old, chance.sample([f"x{number}" for number in range(len(old))], len(old)), strict=True))
    people = People(
        [replace(who, person=new[who.person]) for who in talk.people.standing],
        [replace(held, person=new[held.person]) for held in talk.people.held],
    )
    said = [replace(say, person=new[say.person]) for say in talk.said]
    named, reacted = ([(msg, new[who]) for msg, who in pairs] for pairs in (talk.named, talk.reacted))
    return Talk(said, named, reacted, people)


def _with_bots(talk: Talk, chance: random.Random) -> Talk:
    """Loud ones: they answer within a minute, open threads, and go on after everybody has left."""
    bots = [
        Say(f"bot-{say.msg_id}", "bot", say.after + MINUTE, to=say.to or say.msg_id, kind="bot")
        for say in talk.said
        if chance.random() < 0.5
    ]
    bots += [Say(f"bot-{number}", "bot", number * 10 * DAY, kind="agent") for number in range(60)]
    bots += [Say(f"in-{number}", "bot", number * 11 * DAY, kind="system") for number in range(60)]
    return replace(talk, said=[*talk.said, *bots])


@pytest.mark.parametrize("seed", range(2))
def test_splitting_somebody_in_two_never_looks_better_unsaid(seed: int, tmp_path: Path) -> None:
    """Half of what somebody says stands under a second name: the report says that some may be two, and only then."""
    chance = seeded(seed)
    said = sorted(lively(chance).said, key=lambda say: say.after)
    letters = str.maketrans("0123456789", "abcdefghij")
    names = {say.person: f"Somebody {say.person.translate(letters)}" for say in said}
    loud = max(names, key=lambda who: sum(say.person == who for say in said))
    mine = [say.msg_id for say in said if say.person == loud]
    split = [replace(say, person="twin") if say.msg_id in mine[::2] else say for say in said]
    _, nothing = _looked(slack.export(tmp_path / "one.zip", said, names=names), tmp_path / "one")
    _, warnings = _looked(
        slack.export(tmp_path / "two.zip", split, names={**names, "twin": names[loud]}), tmp_path / "two"
    )
    assert not nothing
    assert any("twice" in warning for warning in warnings)


def test_a_conversation_with_nothing_in_it_is_told_without_a_figure(tmp_path: Path) -> None:
    parts = People([Standing("ann", "A", is_listed=True), Standing("bob", "B"), Standing("far", is_outside=True)])
    for said in ([], [Say("a1", "ann")], [Say("f1", "far"), Say("a1", "ann", 1, to="f1")]):
        told = findings(Talk(said, people=parts), tmp_path)
        assert not [figure for finding in told for figure in finding.figures if figure.percent is not None]


def _looked(archive: Path, folder: Path) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    reading = read_archive(archive, into=folder)
    with opened() as engine:
        for table in ("message", "response", "person"):
            engine.read(table, [reading.table(table)])
        read = read_of(reading, name="a conversation")
        report = look(engine, roster_of(engine).people, read=read, ledger=Ledger(folder / "ledger", key=b"of nobody"))
    return report.findings, report.record.read.warnings

"""Bringing a file here: looked at as a whole first, then written a few posts at a time, each time for good.

Whoever does it may be killed at any moment: begun again, it goes on after what is here already, since nothing is
brought twice. A file that turns out to be broken has brought nothing.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from django.db import transaction

from speak.clients.bringing.belongings import take_belongings_away
from speak.clients.bringing.documents import garbled
from speak.clients.bringing.formats import Format, format_of
from speak.clients.bringing.notes import Notes, Why
from speak.clients.bringing.opening import opened
from speak.clients.bringing.ties import Tie
from speak.clients.bringing.tying import MOST_FETCHED, is_fetched, tie_up
from speak.clients.models import Import, ImportState
from speak.kernel import clock
from speak.kernel.errors import Failure, Refusal
from speak.kernel.outbound import Ask
from speak.kernel.outbound import ask as real_ask
from speak.mirror.archives.containers import Container
from speak.mirror.errors import Damaged
from speak.voice.actions import (
    BroughtFor,
    BroughtPost,
    add_picture,
    bring_posts,
    brought_before,
    check_may_bring,
    forget_brought,
    is_too_long,
    key_of,
    look_at,
)
from speak.voice.actions.speaking import MAX_PICTURES
from speak.voice.models import Media
from speak.voice.reach import Reach

AT_ONCE = 100
# A picture that is larger is none that anybody could have shown.
LARGEST_PICTURE = 64 * 1024 * 1024
Thing = TypeVar("Thing")
# Told after each step: how many of how many.
Moved = Callable[[int, int], None]
# Whether it is time to let others have a turn.
Enough = Callable[[], bool]


class Stopped(Exception):
    """Its owner undid it while it was under way."""


def unheard(_done: int, _total: int) -> None:
    """Nobody watches."""


def never() -> bool:
    """There is all the time in the world."""
    return False


def carry_out(import_id: int, *, path: Path, ask: Ask = real_ask, moved: Moved = unheard) -> None:
    """Bring all that lies at `path`, or go on with it. Why a file is refused stands in the row afterwards."""
    carry_words(import_id, path=path, moved=moved)
    carry_ties(import_id, path=path, ask=ask, moved=moved)


def carry_words(import_id: int, *, path: Path, moved: Moved = unheard, enough: Enough = never) -> bool:
    """Bring its posts, or go on with them; says whether that is all, or it was `enough` for now."""
    row = Import.objects.select_related("owner").filter(pk=import_id).first()
    if row is None or row.state not in {ImportState.WAITING, ImportState.READING, ImportState.BRINGING}:
        return True
    try:
        with _work_on(row, path, moved) as work:
            if row.state != ImportState.BRINGING:
                work.check()
            return work.bring(enough)
    except (Refusal, Failure) as error:
        refuse(row, error)
    except Stopped:
        pass
    return True


def carry_ties(
    import_id: int, *, path: Path, ask: Ask = real_ask, moved: Moved = unheard, enough: Enough = never
) -> bool:
    """Look up whom and what it names, or go on with it; says whether that is all. Other servers are asked."""
    row = Import.objects.select_related("owner").filter(pk=import_id, state=ImportState.TYING).first()
    if row is None:
        return True
    try:
        with _work_on(row, path, moved) as work:
            return work.tie(ask, enough)
    except (Refusal, Failure) as error:
        # It was whole when its posts were brought; they stay.
        _move(row, state=ImportState.DONE, refused=_sentence(row, error))
    except Stopped:
        pass
    return True


@contextmanager
def _work_on(row: Import, path: Path, moved: Moved) -> Iterator["Work"]:
    with tempfile.TemporaryDirectory(prefix="speak-import-") as scratch, opened(path, Path(scratch)) as container:
        yield Work(row, container, format_of(container), moved)


def take_away(import_id: int) -> None:
    """Undo all that it brought, and forget it."""
    row = Import.objects.select_related("owner").filter(pk=import_id, state=ImportState.UNDOING).first()
    if row is None:
        return
    while forget_brought(row.owner, import_id=row.pk):
        continue
    take_belongings_away(row.owner, import_id=row.pk)
    row.delete()


def refuse(row: Import, error: Refusal | Failure) -> None:
    """Nothing of it was brought, or nothing of it stays; why stands in the row."""
    while forget_brought(row.owner, import_id=row.pk):
        continue
    _move(row, state=ImportState.REFUSED, refused=_sentence(row, error), done=0, total=0)


def _sentence(row: Import, error: Refusal | Failure) -> str:
    refusal = error if isinstance(error, Refusal) else garbled(row.name)
    return f"{refusal.sentence} {refusal.hint}".strip()[:500]


@dataclass
class Work:
    """One file on its way."""

    row: Import
    container: Container
    form: Format
    moved: Moved

    @property
    def chosen(self) -> BroughtFor:
        """Who may read it here."""
        return BroughtFor(open_as=Reach(self.row.open_as), followers_as=Reach(self.row.followers_as))

    def check(self) -> None:
        """Read it from one end to the other; what is left out, and not understood, is known after that.

        Raises:
            Refusal: the file is not whole, or its owner may not say anything here.
        """
        check_may_bring(self.row.owner, self.chosen)
        _move(self.row, state=ImportState.READING, format=self.form.name)
        notes, total, ties = Notes(self.row.wrote_as), 0, 0
        for item in self._understood(notes):
            total += isinstance(item, BroughtPost)
            ties += isinstance(item, Tie)
        report = {**self.row.report, "read": notes.as_json()}
        _move(self.row, state=ImportState.BRINGING, total=total, ties=ties, done=0, tied=0, report=report)

    def bring(self, enough: Enough) -> bool:
        """Write what was read. What another import brought, or this one before it was interrupted, is there already."""
        done, already = 0, 0
        posts = (item for item in self._understood(Notes(self.row.wrote_as)) if isinstance(item, BroughtPost))
        for batch in in_batches(posts, AT_ONCE):
            known = brought_before(self.row.owner, (post.key for post in batch))
            fresh = [post for post in batch if key_of(post.key) not in known]
            already += sum(by != self.row.pk for by in known.values())
            done += len(batch)
            if fresh or done > self.row.done:
                self._write(fresh, done=done, already=already)
                self.moved(done, self.row.total + self.row.ties)
                if enough() and done < self.row.total:
                    return False
        _move(self.row, state=ImportState.TYING if self.row.ties else ImportState.DONE, done=self.row.total)
        return True

    def tie(self, ask: Ask, enough: Enough) -> bool:
        """Look up one after the other whom and what the file names."""
        notes = Notes.of(self.row.report.get("ties", {}))
        fetched = self.row.report.get("fetched", 0)
        ties = (item for item in self._understood(Notes(self.row.wrote_as)) if isinstance(item, Tie))
        for tie in islice(ties, self.row.tied, None):
            why = tie_up(self.row.owner, tie, ask=ask, may_fetch=fetched < MOST_FETCHED, import_id=self.row.pk)
            fetched += is_fetched(tie)
            if why:
                notes.tell(why, tie.address)
            report = {**self.row.report, "ties": notes.as_json(), "fetched": fetched}
            _move(self.row, tied=self.row.tied + 1, report=report)
            self.moved(self.row.total + self.row.tied, self.row.total + self.row.ties)
            if enough() and self.row.tied < self.row.ties:
                return False
        _move(self.row, state=ImportState.DONE)
        return True

    def _write(self, fresh: Sequence[BroughtPost], *, done: int, already: int) -> None:
        notes = Notes.of(self.row.report.get("pictures", {}))
        shown = [(post, list(self._pictures(post, notes))) for post in fresh]
        with transaction.atomic():
            said = [(post, media) for post, media in shown if post.html.strip() or post.source.strip() or media]
            for post, media in shown:
                if (post, media) not in said:
                    notes.tell(Why.EMPTY, post.key)
            brought = bring_posts(self.row.owner, posts=said, chosen=self.chosen, import_id=self.row.pk)
            posts = self.row.report.get("posts", 0) + len(brought)
            report = {**self.row.report, "pictures": notes.as_json(), "posts": posts, "already": already}
            _move(self.row, done=done, report=report)

    def _pictures(self, post: BroughtPost, notes: Notes) -> Iterator[Media]:
        """Each as when it is put into a post here: stripped of what it tells of its maker, bounded, turned upright."""
        if self.row.owner.hides_media:
            return
        for picture in post.pictures[:MAX_PICTURES]:
            try:
                data = self.container.read(picture.name, most=LARGEST_PICTURE)
                media = add_picture(self.row.owner, data=data, description=picture.description)
            except (Refusal, Damaged):
                notes.tell(Why.PICTURE_BROKEN, picture.name)
                continue
            if picture.focus != (0, 0):
                look_at(self.row.owner, media=media, focus=picture.focus)
            yield media

    def _understood(self, notes: Notes) -> Iterator[BroughtPost | Tie]:
        for item in self.form.read(self.container, notes):
            if isinstance(item, Tie):
                yield item
            elif is_too_long(item):
                notes.tell(Why.TOO_LONG, item.key)
            elif not (item.html.strip() or item.source.strip() or item.pictures):
                notes.tell(Why.EMPTY, item.key)
            else:
                for _ in item.pictures[MAX_PICTURES:]:
                    notes.tell(Why.PICTURE_TOO_MANY, item.key)
                yield item


def in_batches(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    """So many at a time."""
    rest = iter(things)
    while batch := list(islice(rest, size)):
        yield batch


def _move(row: Import, **changed: object) -> None:
    """Note how far it is.

    Raises:
        Stopped: its owner undid it meanwhile.
    """
    changed["moved_at"] = clock.now()
    if not Import.objects.filter(pk=row.pk, state=row.state).update(**changed):
        raise Stopped
    for name, value in changed.items():
        setattr(row, name, value)

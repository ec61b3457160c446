"""One file on its way: checked, fetched for, written, its ties looked up, each step noted as it is done."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

from django.db import transaction

from speak.clients.bringing.files import pictures_of
from speak.clients.bringing.formats import Format
from speak.clients.bringing.notes import Notes, Why
from speak.clients.bringing.pages import without_links
from speak.clients.bringing.pictures import fetch_picture, is_elsewhere, name_of
from speak.clients.bringing.ties import Tie
from speak.clients.bringing.tying import MOST_FETCHED, is_fetched, tie_up
from speak.clients.models import Import, ImportState
from speak.federation.elsewhere.choosing import said_in_places
from speak.kernel import clock
from speak.kernel.errors import Refusal
from speak.kernel.outbound import Ask
from speak.mirror.archives.containers import Container
from speak.mirror.errors import Damaged
from speak.voice.actions import (
    BroughtFor,
    BroughtPicture,
    BroughtPost,
    add_picture,
    bring_posts,
    brought_before,
    check_may_bring,
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
        move(self.row, state=ImportState.READING, format=self.form.name)
        notes, total, ties, far = Notes(self.row.wrote_as), 0, 0, False
        for item in self._understood(notes):
            total += isinstance(item, BroughtPost)
            ties += isinstance(item, Tie)
            far = far or (isinstance(item, BroughtPost) and any(is_elsewhere(each.name) for each in item.pictures))
        report = {**self.row.report, "read": notes.as_json()}
        state = ImportState.FETCHING if far else ImportState.BRINGING
        move(self.row, state=state, total=total, ties=ties, done=0, tied=0, report=report)

    def fetch(self, ask: Ask, enough: Enough, *, most_bytes: int) -> bool:
        """Fetch the pictures that lie elsewhere; whatever cannot be had stays a link."""
        folder = pictures_of(self.row)
        folder.mkdir(parents=True, exist_ok=True)
        left = most_bytes - sum(path.stat().st_size for path in folder.iterdir())
        for item in self._understood(Notes(self.row.wrote_as)):
            for picture in item.pictures[:MAX_PICTURES] if isinstance(item, BroughtPost) else ():
                path = folder / name_of(picture.name)
                if not is_elsewhere(picture.name) or path.exists() or left <= 0:
                    continue
                left -= fetch_picture(picture.name, path, ask=ask)
                move(self.row)
                if enough():
                    return False
        move(self.row, state=ImportState.BRINGING)
        return True

    def bring(self, enough: Enough) -> bool:
        """Write what was read. What another import brought, or this one before it was interrupted, is there already."""
        done, already = 0, 0
        posts = (item for item in self._understood(Notes(self.row.wrote_as)) if isinstance(item, BroughtPost))
        for batch in in_batches(posts, AT_ONCE):
            keys = [post.key for post in batch]
            known = brought_before(self.row.owner, keys)
            known |= dict.fromkeys(map(key_of, said_in_places(self.row.owner, keys)), 0)
            fresh = [post for post in batch if key_of(post.key) not in known]
            already += sum(by != self.row.pk for by in known.values())
            done += len(batch)
            if fresh or done > self.row.done:
                self._write(fresh, done=done, already=already)
                self.moved(done, self.row.total + self.row.ties)
                if enough() and done < self.row.total:
                    return False
        move(self.row, state=ImportState.TYING if self.row.ties else ImportState.DONE, done=self.row.total)
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
            move(self.row, tied=self.row.tied + 1, report=report)
            self.moved(self.row.total + self.row.tied, self.row.total + self.row.ties)
            if enough() and self.row.tied < self.row.ties:
                return False
        move(self.row, state=ImportState.DONE)
        return True

    def _write(self, fresh: Sequence[BroughtPost], *, done: int, already: int) -> None:
        notes = Notes.of(self.row.report.get("pictures", {}))
        shown = [self._shown(post, notes) for post in fresh]
        with transaction.atomic():
            said = [each for each in shown if each is not None]
            brought = bring_posts(self.row.owner, posts=said, chosen=self.chosen, import_id=self.row.pk)
            posts = self.row.report.get("posts", 0) + len(brought)
            report = {**self.row.report, "pictures": notes.as_json(), "posts": posts, "already": already}
            move(self.row, done=done, report=report)

    def _shown(self, post: BroughtPost, notes: Notes) -> tuple[BroughtPost, list[Media]] | None:
        """A post with its pictures; nothing where nothing is left of it."""
        added = list(self._pictures(post, notes))
        fetched = {name for name, _ in added if is_elsewhere(name)}
        html = without_links(post.html, fetched) if fetched else post.html
        if not (html.strip() or post.source.strip() or added):
            notes.tell(Why.EMPTY, post.key)
            return None
        return replace(post, html=html), [media for _, media in added]

    def _pictures(self, post: BroughtPost, notes: Notes) -> Iterator[tuple[str, Media]]:
        """Each as when it is put into a post here: stripped of what it tells of its maker, bounded, turned upright."""
        if self.row.owner.hides_media:
            return
        for picture in post.pictures[:MAX_PICTURES]:
            try:
                data = self._bytes_of(picture)
                if not data:
                    notes.tell(Why.PICTURE_ELSEWHERE, picture.name)
                    continue
                media = add_picture(self.row.owner, data=data, description=picture.description)
            except (Refusal, Damaged):
                notes.tell(Why.PICTURE_BROKEN, picture.name)
                continue
            if picture.focus != (0, 0):
                look_at(self.row.owner, media=media, focus=picture.focus)
            yield picture.name, media

    def _bytes_of(self, picture: BroughtPicture) -> bytes:
        """None where it lies elsewhere, and could not be had."""
        if not is_elsewhere(picture.name):
            return self.container.read(picture.name, most=LARGEST_PICTURE)
        path = pictures_of(self.row) / name_of(picture.name)
        return path.read_bytes() if path.exists() else b""

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


def move(row: Import, **changed: object) -> None:
    """Note how far it is.

    Raises:
        Stopped: its owner undid it meanwhile.
    """
    changed["moved_at"] = clock.now()
    if not Import.objects.filter(pk=row.pk, state=row.state).update(**changed):
        raise Stopped
    for name, value in changed.items():
        setattr(row, name, value)

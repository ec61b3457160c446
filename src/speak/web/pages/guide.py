"""The guide, a short book for everybody, signed in or not."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from speak.kernel.errors import NotFound
from speak.web.guide import Chapter, Reader, chapters
from speak.web.shown.minutes import minutes_in_words

FOR = {
    Reader.ALL: gettext_lazy("for everybody"),
    Reader.ALONE: gettext_lazy("for somebody alone"),
    Reader.DECIDING: gettext_lazy("for somebody who decides"),
    Reader.GATHERING: gettext_lazy("for whoever gathers a room"),
}
# Where each kind of reader may begin, if not at the beginning.
DOORS = {
    Reader.ALONE: gettext_lazy("I am on my own"),
    Reader.DECIDING: gettext_lazy("I decide for others"),
    Reader.GATHERING: gettext_lazy("I am gathering a room"),
}


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Its chapters, and where to begin."""
    context = {
        "chapters": [(each, FOR[each.reader] if each.reader in DOORS else "") for each in chapters()],
        "doors": [(label, _first_for(reader)) for reader, label in DOORS.items()],
    }
    return render(request, "web/guide/contents.html", context)


@require_safe
def chapter(request: HttpRequest, name: str) -> HttpResponse:
    """One chapter, which ends in something to try."""
    book = chapters()
    found = next((each for each in book if each.name == name), None)
    if found is None:
        raise NotFound(_("The guide has no such chapter."), hint=_("Its first page lists those it has."))
    context = {
        "chapter": found,
        "address": f"{settings.SPEAK_URL}{request.path}",
        "readers": FOR[found.reader],
        "minutes": minutes_in_words(found.practice.minutes),
        "before": book[found.number - 2] if found.number > 1 else None,
        "after": book[found.number] if found.number < len(book) else None,
    }
    return render(request, "web/guide/chapter.html", context)


def _first_for(reader: Reader) -> Chapter:
    return next(each for each in chapters() if each.reader == reader)

"""Every door of the house, found by walking it: its pages, the forms on them, what apps may call."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from speak.clients.urls import ENDPOINTS
from speak.web.urls import urlpatterns
from tests.architecture.test_words import Reader

Attributes = Mapping[str, str | None]
OURS = ("identity", "voice", "rooms", "safety", "federation", "clients")
ROUTE_PART = re.compile(r"<(?:\w+:)?(\w+)>")
# Addresses of allauth that lead nowhere without what it sent by mail, or without a passkey.
NOT_HERE = {"account_reset_password_from_key", "account_confirm_email", "mfa_remove_webauthn", "mfa_edit_webauthn"}


@dataclass
class Form:
    """A form of a page as a browser would send it: what stands in each field, and the buttons."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)  # the fields that one types into
    chosen: list[str] = field(default_factory=list)  # what was ticked, or chosen among several
    buttons: list[tuple[str, str]] = field(default_factory=list)
    heard: str = ""  # all that stands in it

    def filled(self, words: str, **more: str) -> dict[str, str]:
        """With these words wherever something may be typed that is empty."""
        typed = {name: self.fields.get(name) or words for name in self.words}
        return {**self.fields, **typed, **more}


class Forms(HTMLParser):
    """Reads the forms of a page."""

    def __init__(self) -> None:
        """Nothing is read yet."""
        super().__init__()
        self.found: list[Form] = []
        self._form: Form | None = None
        self._typing: Form | None = None
        self._named: dict[str, Form] = {}
        self._text = self._select = ""

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """A form begins, or something in it."""
        given = dict(attrs)
        if tag == "form":
            self._form = Form(given.get("action") or "", (given.get("method") or "get").lower())
            self.found.append(self._form)
            self._named[given.get("id") or "-"] = self._form
        # What stands elsewhere may belong to a form by its id.
        form = self._named.get(given.get("form") or "", self._form)
        if form is not None:
            form.heard += " ".join(given.get(name) or "" for name in ("aria-label", "value", "placeholder"))
            self._take(tag, given, form)

    def handle_endtag(self, tag: str) -> None:
        """It ends."""
        if tag == "form":
            self._form = None
        if tag == "textarea":
            self._text, self._typing = "", None

    def handle_data(self, data: str) -> None:
        """What stands in a form, or in the place to type."""
        form = self._typing or self._form
        if form is not None:
            form.heard += data
            if self._text:
                form.fields[self._text] = form.fields.get(self._text, "") + data.strip("\n")

    def _take(self, tag: str, given: Attributes, form: Form) -> None:
        name, value, kind = given.get("name") or "", given.get("value") or "", given.get("type") or "text"
        if tag == "button" or kind == "submit":
            form.buttons.append((name, value))
        elif tag == "textarea":
            self._text, self._typing = name, form
            form.words.append(name)
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given:
            form.fields[self._select] = value
        elif tag == "input" and kind in {"radio", "checkbox"}:
            if "checked" in given:
                form.fields[name] = value or "on"
                form.chosen.append(name)
        elif tag == "input" and kind != "file":
            form.fields[name] = value
            if kind == "text":
                form.words.append(name)


def forms_on(page: str) -> list[Form]:
    """The forms that stand on a page."""
    reader = Forms()
    reader.feed(page)
    reader.close()
    return reader.found


def seen_on(page: str) -> str:
    """What a page shows or reads aloud."""
    reader = Reader()
    reader.feed(page)
    reader.close()
    return " ".join(" ".join(reader.heard).split())


def patterns(found: Sequence[URLPattern | URLResolver] = urlpatterns) -> Iterator[URLPattern]:
    """Every page of the house that has a name."""
    for each in found:
        if isinstance(each, URLResolver):
            yield from patterns(each.url_patterns)
        elif each.name and each.name not in NOT_HERE:
            yield each


def addresses(stands_for: Mapping[str, object]) -> dict[str, str]:
    """The address of every page by its name, with something that exists for each part that may vary.

    A part is looked up as `name of the page:part`, then as `part`; where nothing stands for it, it is 1.
    """
    found: dict[str, str] = {}
    for pattern in patterns():
        name = str(pattern.name)
        parts = {*pattern.pattern.converters, *pattern.pattern.regex.groupindex}
        found[name] = reverse(name, kwargs={part: _stand_in(stands_for, name, part) for part in parts})
    return found


def _stand_in(stands_for: Mapping[str, object], page: str, part: str) -> object:
    own = f"{page}:{part}"
    return stands_for.get(own, stands_for.get(part, 1))


def calls(stands_for: Mapping[str, object]) -> list[tuple[str, str]]:
    """Everything an app may ask for: (method, address)."""
    return [
        (each.method, ROUTE_PART.sub(lambda part: str(stands_for.get(f"api:{part[1]}", "1")), each.route))
        for each in ENDPOINTS
    ]


def pages_for(browser: Client, paths: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Every page that opens for somebody: (its name, what came)."""
    for name, path in paths.items():
        answer = browser.get(path)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            yield name, answer.content.decode()


@contextmanager
def undone(browser: Client) -> Iterator[None]:
    """Whatever is done within is undone: in the database, and in what the browser keeps."""
    cookies = deepcopy(browser.cookies)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    browser.cookies = cookies


def forms_for(browser: Client, paths: Mapping[str, str]) -> Iterator[tuple[str, Form, tuple[str, str]]]:
    """Every form that changes something, on every page for somebody, with each of its buttons: (address, form, button).

    The same form on several pages comes once; the one that signs out does not come.
    """
    met = set()
    for name, page in pages_for(browser, paths):
        for form in forms_on(page):
            address = form.action or paths[name]
            for button in form.buttons or [("", "")]:
                what = (address, frozenset(form.fields), button)
                if form.method == "post" and "logout" not in address and what not in met:
                    met.add(what)
                    yield address, form, button


def kept() -> list[str]:
    """Everything the database has a place for: `app.Model.field`, of our own packages."""
    return [
        f"{model._meta.label}.{each.name}"  # noqa: SLF001 - Django's documented way to look at models
        for package in OURS
        for model in apps.get_app_config(package).get_models()
        for each in model._meta.get_fields()  # noqa: SLF001 - the same
    ]

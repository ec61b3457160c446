"""Promise 7: No business case.

No ROI, no time-saved field, no adoption dashboard; stories instead. Every page, form, answer to an app, command and
place in the database is looked through for the words with which such a thing would have to be called.
"""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from speak.identity.models import Actor
from speak.operations.commands.main import COMMANDS
from tests.operations.conftest import Speak
from tests.promises.doors import calls, forms_on, kept, pages_for, seen_on
from tests.promises.house import House, app_of

Browser = Callable[[Actor | None], Client]
CASE = re.compile(
    r"\b(ROI|KPIs?|return on investment|(time|hours|minutes|money|cost)[ _-]?sav(ed|ings?)|productivity|dashboards?"
    r"|analytics|adoption|activation|engagement|active[ _](users|people|members)|business[ _](case|value)|maturity"
    r"|benchmark|participation[ _]rate|retention|uptake|insights?)\b",
    re.IGNORECASE,
)
# A chapter of the guide says in words why there is none.
SAYS_WHY = {"guide_chapter"}
FIELD = re.compile(r"(^|_)(roi|kpi|saved_(time|hours)|(time|hours|money)_saved|productivity|engagement|adoption)(_|$)")


@pytest.mark.parametrize("who", ["alice", "olga"])
def test_no_page_makes_a_case_or_asks_for_one(house: House, who: str, browser_of: Browser) -> None:
    opened = {}
    for name, page in pages_for(browser_of(getattr(house, who) if who else None), house.paths):
        opened[name] = seen_on(page)
        if name not in SAYS_WHY:
            assert not CASE.search(opened[name]), name
        for form in forms_on(page):
            assert not [field for field in form.fields if FIELD.search(field.lower())], name
    assert "organisation" in opened
    assert "stories" in opened, "stories instead"


def test_whoever_runs_the_place_has_no_page_of_numbers_about_people(house: House, browser_of: Browser) -> None:
    mine = {name for name, _ in pages_for(browser_of(house.olga), house.paths)}
    theirs = {name for name, _ in pages_for(browser_of(house.carol), house.paths)}
    assert mine - theirs <= {
        "operators_deliveries",
        "organisation_elsewhere",
        "safety",
        "safety_limits",
        "safety_log",
        "safety_report",
        "settings_invite",
    }


def test_no_answer_to_an_app_makes_a_case(house: House) -> None:
    app = app_of(house.olga)
    for method, path in calls(house.stands_for):
        if method == "GET":
            assert not CASE.search(app.get(path).content.decode()), path
    assert app.get("/api/v1/instance/activity").json() == [], "how many people were active is not told"


def test_no_command_makes_a_case(speak: Speak) -> None:
    for command in COMMANDS:
        assert not CASE.search(speak(command, "--help").output), command


def test_there_is_no_place_in_the_database_for_one() -> None:
    assert not [name for name in kept() if FIELD.search(name.lower().replace(".", "_"))]

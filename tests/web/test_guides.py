"""Where a guide says that something stands in the settings, it stands there."""

import re
from pathlib import Path

import pytest

from speak.web.templatetags.ways import FOR_OPERATORS, GROUPS

ROOT = Path(__file__).parents[2]
TEXTS = [
    ROOT / "README.md",
    *sorted((ROOT / "docs/guides").rglob("*.md")),
    *(ROOT / "src/speak/web/guide").rglob("*.md"),
]
WAY = re.compile(r"\*Settings\*((?:, \*[^*]+\*)+)|\*Settings, [^*]+\*")
PLACE = re.compile(r"\*([^*]+)\*")
GROUPED = {str(group): {str(words) for _, words in pages} for group, pages in (*GROUPS, *FOR_OPERATORS)}


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: str(text.relative_to(ROOT)))
def test_every_way_through_the_settings_is_one_that_can_be_gone(text: Path) -> None:
    for found in WAY.finditer(text.read_text(encoding="utf-8")):
        group, *page = PLACE.findall(found[1] or "") or [""]
        assert group in GROUPED, found[0]
        assert set(page) <= GROUPED[group], found[0]


def test_a_guide_names_such_a_way() -> None:
    ways = [found[0] for text in TEXTS for found in WAY.finditer(text.read_text(encoding="utf-8"))]
    assert "*Settings*, *Come and go*, *Bring it here*" in ways

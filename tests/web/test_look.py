"""What the style sheets and templates promise: readable in light and dark, nothing inline."""

import re
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "src" / "speak" / "web"
TOKENS = (WEB / "static" / "web" / "tokens.css").read_text(encoding="utf-8")
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
# WCAG 2.2, 1.4.3 and 1.4.11: words at least 4.5 to 1, the edges of what one can press 3 to 1.
PAIRS = [
    *((words, ground, 4.5) for words in ("ink", "quiet", "accent", "bad") for ground in ("paper", "card", "soft")),
    ("on-accent", "accent", 4.5),
    *((edge, ground, 3.0) for edge in ("edge", "focus", "accent") for ground in ("paper", "card")),
]


def colors_of(css: str) -> dict[str, str]:
    """The name of each color and its six digits."""
    return dict(re.findall(r"--([\w-]+):\s*#([0-9a-f]{6});", css))


LIGHT = colors_of(TOKENS.split("@media (prefers-color-scheme: dark)")[0])
DARK = LIGHT | colors_of(TOKENS.split("@media (prefers-color-scheme: dark)")[1])


def luminance(digits: str) -> float:
    """Relative luminance, from 0 to 1 (WCAG 2.2)."""
    parts = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_wcag_says() -> None:
    assert contrast("000000", "ffffff") == pytest.approx(21)
    assert contrast("777777", "ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair[0]} on {pair[1]}")
def test_every_pair_of_colors_can_be_read(colors: dict[str, str], pair: tuple[str, str, float]) -> None:
    front, ground, least = pair
    assert contrast(colors[front], colors[ground]) >= least


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.relative_to(WEB).as_posix())
def test_no_template_needs_a_weaker_content_policy(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text)
    assert all("src=" in tag or "application/json" in tag for tag in re.findall(r"<script[^>]*>", text))


@pytest.mark.parametrize("piece", sorted((WEB / "templates/web/pieces").glob("*.html")), ids=lambda path: path.stem)
def test_every_piece_begins_with_what_it_needs(piece: Path) -> None:
    assert piece.read_text(encoding="utf-8").startswith(("{% comment %}", "{#"))


def test_every_font_that_a_style_sheet_names_is_there() -> None:
    named = set(re.findall(r'url\("([^"]+)"\)', (WEB / "static/web/fonts.css").read_text(encoding="utf-8")))
    assert named == {f"fonts/{path.name}" for path in (WEB / "static/web/fonts").glob("*.woff2")}

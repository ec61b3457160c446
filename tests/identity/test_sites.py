"""Names of sites, as people type them."""

import pytest

from speak.identity.actions import name_sites_that_credit
from speak.identity.models import Actor
from speak.identity.sites import read_site
from speak.kernel.errors import Invalid, TooMuch


@pytest.mark.parametrize(
    ("typed", "site"),
    [
        ("magazine.example", "magazine.example"),
        (" HTTPS://Magazine.Example/about?x ", "magazine.example"),
        ("*.magazine.example.", "magazine.example"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("localhost", ""),
        ("127.0.0.1", ""),
        ("magazine.example:8080", ""),
        ("javascript:alert(1)", ""),
        ("<b>.example", ""),
        ("a..example", ""),
        ("-a.example", ""),
        (f"{'a' * 64}.example", ""),
        (f"{'a.' * 130}example", ""),
        ("ü" * 70 + ".example", ""),
        ("", ""),
    ],
)
def test_a_site_is_a_domain(typed: str, site: str) -> None:
    assert read_site(typed) == site


def test_sites_that_may_name_one_are_kept_once_each(alice: Actor) -> None:
    name_sites_that_credit(alice, sites=["a.example", "", "https://A.example/x", "b.example"])
    assert alice.attribution_domains == ["a.example", "b.example"]
    with pytest.raises(Invalid, match="no site"):
        name_sites_that_credit(alice, sites=["c.example", "no site"])
    with pytest.raises(TooMuch):
        name_sites_that_credit(alice, sites=[f"{number}.example" for number in range(101)])
    alice.refresh_from_db()
    assert alice.attribution_domains == ["a.example", "b.example"]

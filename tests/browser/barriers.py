"""What bars people from a page, as axe-core finds it (github.com/dequelabs/axe-core)."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

GRAVE = {"serious", "critical"}


def barriers(page: Page, *, rules: tuple[str, ...] = (), grave_only: bool = False) -> list[str]:
    """Each barrier with the elements that are one; by these rules, or by all there are."""
    if page.evaluate("!window.axe"):
        page.evaluate(AXE_SCRIPT)
    options = {"resultTypes": ["violations"], **({"runOnly": list(rules)} if rules else {})}
    return [
        f"{found['id']}: {[node['html'] for node in found['nodes']]}"
        for found in page.evaluate("options => axe.run(options).then(found => found.violations)", options)
        if not grave_only or found["impact"] in GRAVE
    ]

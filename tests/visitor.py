"""Somebody at a browser, who knows only what stands on the pages."""

from dataclasses import dataclass

from playwright.sync_api import Page

from tests.running import Home


@dataclass
class Visitor:
    """A person with a home at `home`, sitting at `page`."""

    page: Page
    home: Home
    handle: str

    @property
    def address(self) -> str:
        """Their own address."""
        return f"@{self.handle}@{self.home.domain}"

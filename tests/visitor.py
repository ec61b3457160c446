"""Somebody at a browser, who knows only what stands on the pages."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from tests.makers import PASSWORD
from tests.running import Home, until


@dataclass
class Visitor:
    """A person with a home at `home`, sitting at `page`."""

    page: Page
    home: Home
    handle: str

    @property
    def address(self) -> str:
        """Their own address, as they would tell it to somebody."""
        return f"@{self.handle}@{self.home.domain}"

    def sign_in(self) -> None:
        """With handle and password."""
        self.open("/account/login/")
        self.page.get_by_label("Your handle, or your e-mail address").fill(self.handle)
        self.page.get_by_label("Your password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.get_by_role("button", name="Sign out").wait_for()

    def open(self, path: str) -> None:
        """Go to a page of one's own server."""
        self.page.goto(f"{self.home.url}{path}")

    def find(self, words: str) -> None:
        """Search for a person, an address or words."""
        self.open("/search")
        box = self.page.get_by_role("searchbox").first
        box.fill(words)
        with self.page.expect_navigation():
            box.press("Enter")

    def follow(self, address: str, *, called: str) -> None:
        """Find somebody by their address, and follow them; their server may need to be asked twice."""
        button = self.page.get_by_role("button", name=f"Follow {called}").first
        until(lambda: self._finds(address, button), says=f"{address} is not found\n{self.home.logs()}")
        button.click()

    def _finds(self, address: str, shown: Locator) -> bool:
        self.find(address)
        return shown.is_visible()

    def say(self, words: str, *, audience: str) -> str:
        """Say something; returns the path of its page."""
        self.open("/compose")
        self.write(words)
        self.page.get_by_label("Who can read this?").select_option(label=audience)
        self.page.get_by_role("button", name="Say it", exact=True).click()
        return self.path_of(words)

    def answer(self, said: str, words: str) -> None:
        """Answer the post that holds `said`, which stands on the page one is at."""
        self.post(said).get_by_role("link", name="Answer").click()
        self.write(words)
        self.page.get_by_role("button", name="Say it", exact=True).click()

    def write(self, words: str) -> None:
        """Into the place to write, instead of what stands there."""
        self.page.get_by_role("main").locator("textarea[name=words]").fill(words)

    def post(self, said: str) -> Locator:
        """The post with these words, on the page one is at."""
        return self.page.get_by_role("article").filter(has_text=said).first

    def path_of(self, said: str) -> str:
        """Where the page of the post with these words is, found on one's own profile."""
        self.open(f"/@{self.handle}")
        link = self.post(said).locator(".post-meta a.u-url").first.get_attribute("href")
        assert link is not None
        return link.removeprefix(self.home.url)

    def sees(self, words: str, *, at: str) -> None:
        """Wait until these words stand on a page.

        Raises:
            AssertionError: they never do; with what the server has logged.
        """
        until(lambda: self._stands(words, at), says=f"{self.handle} does not see “{words}” at {at}\n{self.home.logs()}")

    def sees_no_more(self, words: str, *, at: str) -> None:
        """Wait until these words stand on a page no more."""
        until(
            lambda: not self._stands(words, at),
            says=f"{self.handle} still sees “{words}” at {at}\n{self.home.logs()}",
        )

    def _stands(self, words: str, path: str) -> bool:
        self.open(path)
        return words in self.page.locator("main").inner_text()

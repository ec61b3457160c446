"""What a browser does while somebody lets an app in: forms and redirects, nothing more."""

import html
import re
from dataclasses import dataclass, field

import requests

from tests.makers import PASSWORD
from tests.peers.apps.called import session_of
from tests.running import Home

PATIENCE_SECONDS = 20
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
CODE = re.compile(r'id="code" value="([^"]+)"')


@dataclass
class Browser:
    """A browser in front of one server."""

    home: Home
    session: requests.Session = field(init=False)

    def __post_init__(self) -> None:
        """With nothing in its memory."""
        self.session = session_of(self.home)

    def sign_in(self, handle: str) -> None:
        """With handle and password, on the page for it."""
        address = f"{self.home.url}/account/login/"
        page = self.session.get(address, timeout=PATIENCE_SECONDS)
        answer = self._send(address, page, login=handle, password=PASSWORD)
        assert answer.status_code == 302, answer.text

    def let_in(self, address: str) -> tuple[str, str]:
        """Open what an app shows, read the question, say yes; gives the page's words and the code."""
        page = self.session.get(address, timeout=PATIENCE_SECONDS)
        assert page.status_code == 200, page.text
        answer = self._send(f"{self.home.url}/oauth/authorize", page, allow="yes")
        if answer.status_code == 302:
            found = re.search(r"[?&]code=([^&]+)", answer.headers["Location"])
        else:
            found = CODE.search(answer.text)
        assert found, answer.text
        return page.text, found.group(1)

    def _send(self, address: str, page: requests.Response, **typed: str) -> requests.Response:
        hidden = {name: html.unescape(value) for name, value in HIDDEN.findall(page.text)}
        return self.session.post(
            address,
            {**hidden, **typed},
            headers={"Referer": page.url},
            allow_redirects=False,
            timeout=PATIENCE_SECONDS,
        )

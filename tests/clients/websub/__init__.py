"""WebSub, section by section of https://www.w3.org/TR/websub/: the hub, and what a publisher has to do."""

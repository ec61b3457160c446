"""The hub of our feeds: whoever subscribes is told when one changes. W3C WebSub, https://www.w3.org/TR/websub/."""

"""Webmention, section by section of https://www.w3.org/TR/webmention/."""

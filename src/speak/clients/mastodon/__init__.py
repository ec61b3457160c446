"""Mastodon's API, for the apps people already have (docs.joinmastodon.org/api).

`entities/` says what things look like to an app, `shown/` makes them, and each other module holds the methods of one
chapter of Mastodon's documentation.
"""

"""Sites that speak by a feed: found, read, kept up with. RFC 4287, RSS 2.0, JSON Feed 1.1, h-feed, W3C WebSub.

A site is known as an actor whose id begins with `feed:`, and each of its entries as a post. It has no inbox: nothing
is ever sent to it but webmentions.
"""

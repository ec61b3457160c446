"""Who people are: sign-in, actors, handles, profiles, links, keys, follows, notifications."""

"""Why some of what apps ask for is not here, or is answered with nothing."""

from fnmatch import fnmatchcase

# The first that fits the name of a method holds.
NOTES = (
    ("admin_*", "Whoever runs this place does so by its commands and pages, not from an app."),
    ("annual_report*", "A year in numbers is a score (promise 6)."),
    ("collection*", "Collections of people are not made here."),
    ("account_collections", "Collections of people are not made here."),
    ("account_in_collections", "Collections of people are not made here."),
    ("trend*", "Nobody and nothing is ranked (promise 6)."),
    ("suggestion*", "Nobody is ranked (promise 6); people are found through people."),
    ("account_familiar_followers", "Who follows whom is told to nobody else (promise 6)."),
    ("announcement*", "Whoever runs this place speaks as everybody does: there are no announcements."),
    ("instance_activity", "How much is said here is told to nobody (promise 6)."),
    ("instance_peers", "Whom this server knows is told to nobody."),
    ("instance_domain_blocks", "Which servers are kept out is told to nobody."),
    ("custom_emojis", "People here use letters."),
    ("status_translate", "Nothing is sent elsewhere to be translated."),
    ("instance_translation_languages", "Nothing is sent elsewhere to be translated."),
    ("email_resend_confirmation", "Nobody waits for a letter here before they may speak."),
    ("*async_refresh*", "Every answer is whole when it comes."),
    ("instance_terms_of_service", "There are no terms beyond the rules."),
    ("timeline_link", "Posts are not gathered by the pages they point to."),
    ("search_v1", "Gone from Mastodon since 3.0: apps use `search_v2`."),
    ("reports", "Gone from Mastodon since 2.5: what one reported is on the page for it."),
    ("status_card", "Gone from Mastodon since 3.0: a card comes with its post."),
)
NOT_YET = "Not yet."


def why(method: str) -> str:
    """Why this method finds nothing here."""
    return next((note for pattern, note in NOTES if fnmatchcase(method, pattern)), NOT_YET)

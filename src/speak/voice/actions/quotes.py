"""Showing words of others inside one's own: asked, agreed, refused, taken back (FEP-044f's consent, here for all)."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from speak.identity.models import Actor, Quoting
from speak.kernel import clock
from speak.kernel.events import emit
from speak.kernel.ids import new_id
from speak.kernel.prepared import Prepared
from speak.voice.errors import NotThere, NotToBeQuoted, NotYours, WrongAudience
from speak.voice.events import PostEdited, QuoteAgreed, QuoteAsked, QuoteLearned, QuoteRefused, QuoteTakenBack
from speak.voice.models import Consent, Post, Quote
from speak.voice.policies import leave_to
from speak.voice.queries.readable import readable_by
from speak.voice.rules import Leave

# Asked of every post that arrives, and hardly ever so.
QUOTES = Prepared(lambda post_id: Quote.objects.filter(post=post_id).values_list("pk")[:1])


def quote_in(post: Post, *, quoted: Post) -> Quote:
    """Show `quoted` inside `post`, just said here: at once where its author lets, else once they agree.

    The caller holds the transaction, and says that it is asked for once the post is published.

    Raises:
        NotThere: the author of `post` cannot read it.
        NotToBeQuoted: its author does not want that, or it is not for anyone (promise 4).
        WrongAudience: its author could not read what they would be asked about.
    """
    if not readable_by(post.author).filter(pk=quoted.pk).exists():
        raise NotThere(_("What you quote is not there any more."))
    leave = leave_to(post.author, quoted).quote
    if leave == Leave.NO:
        raise NotToBeQuoted(
            _("These words cannot be shown inside others."), hint=_("You can answer them, or link to them.")
        )
    is_own = quoted.author_id == post.author_id
    if not is_own and not readable_by(quoted.author).filter(pk=post.pk).exists():
        raise WrongAudience(
            _("%(name)s could not read what shows their words.") % {"name": quoted.author.called},
            hint=_("Choose an audience that they are part of."),
        )
    quote = Quote.objects.create(post=post, quoted=quoted, quoted_uri=quoted.uri)
    if is_own:
        return _answered(quote, Consent.AGREED)
    if quoted.is_local and leave == Leave.NOW:
        return _agreed(quote)
    quote.request_uri = f"{settings.SPEAK_URL}/activities/{new_id()}"
    quote.save(update_fields=["request_uri"])
    return quote


@transaction.atomic
def receive_quote_request(post: Post, *, quoted: Post, request_uri: str) -> Quote:
    """Somebody elsewhere asks whether `post` of theirs may show `quoted`, said here. Asked again, answered the same."""
    quote, is_new = Quote.objects.select_for_update().get_or_create(
        post=post, defaults={"quoted": quoted, "quoted_uri": quoted.uri, "request_uri": request_uri}
    )
    if not is_new and quote.quoted_uri != quoted.uri:
        quote.state = Consent.ASKED
    was_asked = not is_new and quote.quoted_id == quoted.pk and bool(quote.request_uri)
    quote.quoted, quote.quoted_uri, quote.request_uri = quoted, quoted.uri, request_uri
    quote.save()
    leave = leave_to(post.author, quoted).quote
    if quote.state == Consent.AGREED:
        emit(QuoteAgreed(quote_id=quote.pk))
    elif leave == Leave.NO or quote.state in {Consent.REFUSED, Consent.TAKEN_BACK}:
        _answered(quote, quote.state if quote.state == Consent.TAKEN_BACK else Consent.REFUSED)
        emit(QuoteRefused(quote_id=quote.pk))
    elif leave == Leave.NOW:
        _agreed(quote)
    elif not was_asked:
        emit(QuoteAsked(quote_id=quote.pk))
    return quote


@transaction.atomic
def agree_to_quote(author: Actor, *, post: Post) -> Quote:
    """Let `post` show one's words. Raises NotYours where it shows somebody else's."""
    return _agreed(_of_mine(author, post))


@transaction.atomic
def refuse_quote(author: Actor, *, post: Post) -> Quote:
    """Do not let `post` show one's words, or no longer. Raises NotYours where it shows somebody else's."""
    quote = _of_mine(author, post)
    if quote.state == Consent.AGREED:
        return _taken_back(quote)
    _answered(quote, Consent.REFUSED)
    emit(QuoteRefused(quote_id=quote.pk))
    return quote


@transaction.atomic
def choose_who_may_quote_it(author: Actor, *, post: Post, quoting: str) -> None:
    """Who may show these words inside their own from now on; what was agreed before stays agreed.

    Raises:
        NotYours: somebody else said them.
    """
    if post.author_id != author.pk:
        raise NotYours(_("Those words are somebody else's."))
    post.quoting = Quoting(quoting)
    post.save(update_fields=["quoting"])
    emit(PostEdited(post_id=post.pk))


@transaction.atomic
def learn_quote(post: Post, *, quoted_uri: str, quoted: Post | None, stamp_uri: str = "") -> Quote:
    """Remember what a post from elsewhere says it quotes. Nothing is shown before the stamp has been checked."""
    quote = Quote.objects.select_for_update().filter(post=post).first() or Quote(post=post)
    if quote.quoted_uri != quoted_uri:
        quote.state, quote.stamp_uri, quote.request_uri = Consent.ASKED, "", ""
    quote.quoted_uri, quote.quoted = quoted_uri, quoted
    if quote.state != Consent.AGREED and not (quoted and quoted.is_local):
        quote.stamp_uri = stamp_uri
    if quoted is not None and quoted.author_id == post.author_id:
        quote.state = Consent.AGREED
    quote.save()
    if quote.state == Consent.ASKED and not (quoted and quoted.is_local):
        emit(QuoteLearned(quote_id=quote.pk))
    return quote


@transaction.atomic
def learn_quoted(quote: Quote, *, quoted: Post) -> Quote:
    """What a post from elsewhere quotes has been found; for words of one's own no consent is needed.

    Raises:
        NotThere: by now it quotes something else, or nothing.
    """
    rows = Quote.objects.select_for_update(of=("self",)).select_related("post")
    known = rows.filter(pk=quote.pk, quoted_uri=quote.quoted_uri).first()
    if known is None:
        raise NotThere(_("What you quote is not there any more."))
    known.quoted = quoted
    if quoted.author_id == known.post.author_id:
        known.state = Consent.AGREED
    known.save()
    return known


@transaction.atomic
def hear_agreement(quote: Quote, *, stamp_uri: str) -> None:
    """The server of whoever is quoted says that they agree: their stamp has been read there."""
    quote.stamp_uri = stamp_uri
    _answered(quote, Consent.AGREED)
    emit(QuoteAgreed(quote_id=quote.pk))


@transaction.atomic
def hear_refusal(author: Actor, *, quote: Quote) -> None:
    """Whoever is quoted, elsewhere, does not want it, or not any more."""
    if quote.quoted is None or quote.quoted.author_id != author.pk:
        raise NotYours(_("Those words are somebody else's."))
    if quote.state == Consent.AGREED:
        _taken_back(quote)
    elif quote.state == Consent.ASKED:
        _answered(quote, Consent.REFUSED)
        emit(QuoteRefused(quote_id=quote.pk))


def forget_quote(post: Post) -> None:
    """A post that was said anew elsewhere quotes nothing any more."""
    if QUOTES.exists(post.pk):
        Quote.objects.filter(post=post).delete()


def stamp_uri_of(quote: Quote) -> str:
    """Where this server says that somebody here agreed."""
    return f"{settings.SPEAK_URL}/stamps/{quote.pk}"


def _of_mine(author: Actor, post: Post) -> Quote:
    quote = Quote.objects.select_for_update(of=("self",)).select_related("quoted__author").filter(post=post).first()
    if quote is None or quote.quoted is None or quote.quoted.author_id != author.pk:
        raise NotYours(_("Those words are somebody else's."))
    return quote


def _agreed(quote: Quote) -> Quote:
    quote.stamp_uri = stamp_uri_of(quote)
    _answered(quote, Consent.AGREED)
    emit(QuoteAgreed(quote_id=quote.pk))
    return quote


def _taken_back(quote: Quote) -> Quote:
    stamp_uri, quote.stamp_uri = quote.stamp_uri, ""
    _answered(quote, Consent.TAKEN_BACK)
    emit(QuoteTakenBack(quote_id=quote.pk, stamp_uri=stamp_uri))
    return quote


def _answered(quote: Quote, state: str) -> Quote:
    quote.state, quote.answered_at = state, clock.now()
    quote.save()
    return quote

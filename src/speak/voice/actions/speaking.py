"""Saying something, saying it better, taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speak.identity.actions import check_lives_here, check_may_speak
from speak.identity.models import Actor
from speak.kernel import blobs, clock
from speak.kernel.errors import Invalid
from speak.kernel.events import emit
from speak.kernel.ids import new_id
from speak.voice import rules, search, text
from speak.voice.actions.media import take_pictures_out
from speak.voice.actions.polls import PollWords, change_poll, check_poll, put_to_choice
from speak.voice.actions.quotes import quote_in
from speak.voice.audience import Audience, FixedAudience, fix
from speak.voice.errors import NothingSaid, NotThere, NotToBeAnswered, NotYours, TooLong
from speak.voice.events import PostEdited, PostPublished, PostWithdrawn, QuoteAsked
from speak.voice.models import (
    Consent,
    Draft,
    Media,
    Mention,
    Pin,
    Poll,
    Post,
    PostKind,
    Quote,
    Reader,
    Revision,
    Tag,
    Wants,
)
from speak.voice.policies import leave_to
from speak.voice.queries.readable import readable_by
from speak.voice.reach import STAYS_HERE, Reach
from speak.voice.tags import pages_of_tags

MAX_NOTE, MAX_ARTICLE, MAX_TITLE, MAX_SUMMARY = 5_000, 100_000, 300, 500
MAX_PICTURES = 8


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody typed. An article has a title and is written in Markdown."""

    source: str
    title: str = ""
    summary: str = ""
    language: str = ""
    wants: Wants = Wants.ANY
    is_sensitive: bool = False  # its pictures are covered; so they are wherever there is a warning
    quoting: str = ""  # who may quote it, one of identity's Quoting, where that is not as its author prefers
    answers_url: str = ""  # a page of another site that this answers; no post that is known here
    poll: PollWords | None = None  # answers to choose from
    shown: str = ""  # what stands for `source` where words of others have their places in it (a story)
    quoted: Post | None = None  # shown inside, once its author agrees; what was said keeps it whatever is edited

    @property
    def kind(self) -> PostKind:
        """Answers to choose from make a question, a title an article."""
        if self.poll is not None:
            return PostKind.QUESTION
        return PostKind.ARTICLE if self.title.strip() else PostKind.NOTE


@transaction.atomic
def publish_post(
    author: Actor,
    *,
    words: Words,
    audience: Audience,
    in_reply_to: Post | None = None,
    media: Sequence[Media] = (),
) -> Post:
    """Say something in one's own name, to an audience of one's choice.

    Raises:
        NothingSaid, TooLong: about the words.
        NotThere: what it answers is not there for the author.
        NotToBeAnswered, NotToBeQuoted: the author of the other words does not want that.
        NotYours: the author is no person (promise 1).
        Suspended, MovedAway: the author says nothing here at present, or any more.
        WrongAudience, WiderThanAnswered: about the audience (promise 4).
    """
    if not rules.may_author(author.kind):
        raise NotYours(_("Words are a person's own: a group or an organisation has none."))
    check_may_speak(author)
    check_lives_here(author)
    _check_pictures(author, media)
    _check(words, media)
    if in_reply_to is not None:
        _check_answered(author, in_reply_to)
    reach = Reach(in_reply_to.reach) if in_reply_to and audience.stays_in_thread else audience.reach
    known = _named_in(words, to=author, reach=reach)
    typed = words.shown or words.source
    rendered = text.render(typed, is_article=words.kind == PostKind.ARTICLE, known=known, **_places())
    mentioned = list(Actor.objects.filter(pk__in=rendered.actor_ids))
    fixed = fix(author, audience=audience, answered=in_reply_to, mentioned=mentioned)
    post = write_down(author, words=words, html=rendered.html, fixed=fixed, answered=in_reply_to)
    if audience.also_at:
        post.is_for_elsewhere = True
        post.save(update_fields=["is_for_elsewhere"])
    Reader.objects.bulk_create(Reader(post=post, actor_id=reader_id) for reader_id in fixed.reader_ids)
    _name(post, rendered)
    _attach(author, post, media)
    if words.poll is not None:
        put_to_choice(post, words.poll)
    search.index(post)
    quote = quote_in(post, quoted=words.quoted) if words.quoted else None
    emit(PostPublished(post_id=post.pk, also_at=audience.also_at))
    if quote is not None and quote.state == Consent.ASKED:
        emit(QuoteAsked(quote_id=quote.pk))
    return post


@transaction.atomic
def edit_post(author: Actor, *, post: Post, words: Words, media: Sequence[Media] | None = None) -> Post:
    """Say it better. The earlier wording stays readable to whoever may read the post; the audience stays.

    With `media`, other pictures stand in it from now on; without, the same.

    Raises:
        NotYours: promise 1: nobody changes what somebody else said.
    """
    post = _own(author, post)
    _check(words, list(post.media.all()) if media is None else media)
    _check_pictures(author, [item for item in media or () if item.post_id != post.pk])
    Revision.objects.create(
        post=post,
        title=post.title,
        source=post.source,
        html=post.html,
        summary=post.summary,
        said_at=post.edited_at or post.said_at,
    )
    known = _named_in(words, to=author, reach=Reach(post.reach))
    rendered = text.render(words.source, is_article=words.kind == PostKind.ARTICLE, known=known, **_places())
    post.kind, post.title, post.source = _kind_of_edited(post, words), words.title.strip(), words.source
    post.html, post.summary, post.language = rendered.html, words.summary.strip(), words.language
    post.is_sensitive = words.is_sensitive or bool(post.summary)
    post.quoting = words.quoting or post.quoting
    post.edited_at = clock.now()
    post.save()
    unnamed = post.mentions.exclude(actor__in=rendered.actor_ids).values_list("actor", flat=True)
    event = PostEdited(post_id=post.pk, no_longer_named=tuple(unnamed))
    _name(post, rendered)
    if media is not None:
        _change_media(author, post, media)
    if words.poll is not None:
        change_poll(post, words.poll)
    search.index(post)
    emit(event)
    return post


@transaction.atomic
def show_words_of_others(post: Post, *, shown: str, forgets_earlier: bool) -> None:
    """Words of others come into an article or leave it, by their wish; `shown` is what it reads as from now on.

    Nobody changes the author's own words by it: what they typed stays, and only those whose words have their places
    in it ask for this (`rooms.actions.consent`). Where words leave, no earlier wording keeps them.
    """
    current = Post.objects.select_for_update(of=("self",)).select_related("author").filter(pk=post.pk).first()
    if current is None or current.withdrawn_at:
        return
    words = Words(source=current.source, title=current.title)
    known = _named_in(words, to=current.author, reach=Reach(current.reach))
    rendered = text.render(shown, is_article=current.kind == PostKind.ARTICLE, known=known, **_places())
    if forgets_earlier:
        current.revisions.all().delete()
    if rendered.html == current.html:
        return
    current.html, current.edited_at = rendered.html, clock.now()
    current.save(update_fields=["html", "edited_at"])
    search.index(current)
    emit(PostEdited(post_id=current.pk))


def hold_post(post_id: int) -> None:
    """Nobody edits or withdraws it until the caller's transaction ends; it is shown to nobody."""
    Post.objects.select_for_update().filter(pk=post_id).values_list("pk").first()


@transaction.atomic
def withdraw_post(author: Actor, *, post: Post, keeps_pictures: bool = False) -> None:
    """Take it back: words, pictures, earlier wordings and answers without words are gone, at any hour.

    The row stays, empty, so that nothing brings it back and the answers of others keep their place. Pictures that
    are kept are for a post to come: they move where nobody knows them, and are thrown away in two days otherwise.
    """
    own = _own(author, post)
    if keeps_pictures:
        take_pictures_out(author, post=own)
    take_back(own)


def take_back(post: Post) -> None:
    """Empty a post that its author, here or elsewhere, withdraws. The caller holds the transaction."""
    reached: set[int] = {post.in_reply_to.author_id} if post.in_reply_to else set()
    for answers in (post.mentions, post.readers, post.boosts, post.likes):
        reached |= set(answers.values_list("actor", flat=True))
    reached |= set(post.replies.values_list("author", flat=True))
    reached |= set(post.quotes.values_list("post__author", flat=True))
    asked = Quote.objects.filter(post=post).exclude(request_uri="").values_list("quoted__author", flat=True).first()
    event = PostWithdrawn(post_id=post.pk, reached=tuple(sorted(reached)), asked=asked)
    tokens = list(post.media.values_list("token", flat=True))
    Quote.objects.filter(post=post).delete()
    for related in (post.media, post.revisions, post.mentions, post.tags, post.boosts, post.likes, post.bookmarks):
        related.all().delete()
    Pin.objects.filter(post=post).delete()
    Poll.objects.filter(post=post).delete()
    post.title = post.source = post.html = post.summary = ""
    post.withdrawn_at = clock.now()
    post.save()
    search.forget(post.pk)
    transaction.on_commit(lambda: blobs.delete_all(tokens))
    emit(event)


def _kind_of_edited(post: Post, words: Words) -> PostKind:
    """Who asks goes on asking: an edit that says nothing of the answers leaves them as they are."""
    return PostKind.QUESTION if post.kind == PostKind.QUESTION else words.kind


def _own(author: Actor, post: Post) -> Post:
    current = Post.objects.select_for_update().select_related("author").filter(pk=post.pk).first()
    if current is None or current.withdrawn_at:
        raise NotThere(_("This was taken back already."))
    if not rules.may_change_words(is_author=current.author_id == author.pk, is_withdrawn=False):
        raise NotYours(_("Only whoever said it can change it or take it back."))
    return current


def _check_answered(author: Actor, answered: Post) -> None:
    if not readable_by(author).filter(pk=answered.pk).exists():
        raise NotThere(_("What you answer is not there any more."))
    if leave_to(author, answered).answer == rules.Leave.NO:
        raise NotToBeAnswered(_("%(name)s does not take answers to this.") % {"name": answered.author.called})


def _check_pictures(author: Actor, added: Sequence[Media]) -> None:
    if added and author.hides_media:
        raise NotYours(
            _("Your pictures are not shown here at present."), hint=_("Leave them out; your words are shown.")
        )


def _check(words: Words, media: Sequence[Media]) -> None:
    most = MAX_ARTICLE if words.kind == PostKind.ARTICLE else MAX_NOTE
    if not words.source.strip() and not media:
        raise NothingSaid(_("There is nothing to say yet."), hint=_("Write a few words, or show a picture."))
    if max(len(words.source), len(words.shown)) > most:
        raise TooLong(
            ngettext("This holds up to %(most)d character.", "This holds up to %(most)d characters.", most)
            % {"most": most},
            hint=_("Give it a title, and it becomes an article."),
        )
    if len(words.title) > MAX_TITLE or len(words.summary) > MAX_SUMMARY:
        raise TooLong(
            _("A title has up to %(title)d characters, a warning up to %(summary)d.")
            % {"title": MAX_TITLE, "summary": MAX_SUMMARY}
        )
    if words.poll is not None:
        if words.title.strip():
            raise Invalid(
                _("An article has no answers to choose from."), hint=_("Leave the title out, or the answers.")
            )
        check_poll(words.poll)
    if len(media) > MAX_PICTURES:
        raise TooLong(
            ngettext("A post shows up to %(most)d picture.", "A post shows up to %(most)d pictures.", MAX_PICTURES)
            % {"most": MAX_PICTURES}
        )


def _places() -> dict[str, str]:
    return {"tag_url": pages_of_tags(), "here": settings.SPEAK_DOMAIN}


def _named_in(words: Words, *, to: Actor, reach: Reach) -> dict[text.Spoken, text.Named]:
    """The actors known here whom the words call by name. In what stays here, only people here."""
    spoken = text.spoken_names(words.source, here=settings.SPEAK_DOMAIN)[:50]
    if not spoken:
        return {}
    wanted = Q(pk__in=[])
    for handle, domain in spoken:
        wanted |= Q(handle_key=handle, domain=domain)
        if domain:
            wanted |= Q(handle_key=handle, domain="", handle_domain=domain)
    found = Actor.objects.filter(wanted, gone_at=None).exclude(blocks__blocked=to)
    if reach in STAYS_HERE:
        found = found.filter(domain="")
    named: dict[tuple[str, str], text.Named] = {}
    for actor in found.order_by("-domain"):  # who is here comes last: their own domain is theirs, whoever had it before
        meant = text.Named(actor.pk, actor.url or actor.uri, actor.handle)
        named[actor.handle_key, actor.domain] = meant
        if actor.handle_domain:
            named[actor.handle_key, actor.handle_domain] = meant
    return named


def write_down(author: Actor, *, words: Words, html: str, fixed: FixedAudience, answered: Post | None) -> Post:
    """The row of what is said, and nothing else yet. The caller holds the transaction."""
    identifier = new_id()
    now = clock.now()
    return Post.objects.create(
        id=identifier,
        uri=f"{settings.SPEAK_URL}/posts/{identifier}",
        url=f"{settings.SPEAK_URL}{author.path}/{identifier}",
        author=author,
        kind=words.kind,
        title=words.title.strip(),
        source=words.source,
        html=html,
        summary=words.summary.strip(),
        is_sensitive=words.is_sensitive or bool(words.summary.strip()),
        language=words.language,
        wants=words.wants,
        quoting=words.quoting,
        reach=fixed.reach,
        room=fixed.room,
        audience_owner_id=fixed.owner_id,
        audience_at=fixed.at,
        in_reply_to=answered,
        in_reply_to_uri=answered.uri if answered else words.answers_url,
        answered_id=answered.author_id if answered else None,
        thread_id=answered.thread_id if answered else identifier,
        said_at=now,
        created_at=now,
    )


def _name(post: Post, rendered: text.Rendered) -> None:
    post.mentions.exclude(actor__in=rendered.actor_ids).delete()
    post.tags.exclude(name__in=rendered.tags).delete()
    Mention.objects.bulk_create(
        (Mention(post=post, actor_id=actor_id) for actor_id in rendered.actor_ids), ignore_conflicts=True
    )
    Tag.objects.bulk_create((Tag(post=post, name=name[:100]) for name in rendered.tags), ignore_conflicts=True)


def _change_media(author: Actor, post: Post, media: Sequence[Media]) -> None:
    kept = [item.pk for item in media]
    dropped = post.media.exclude(pk__in=kept)
    tokens = list(dropped.values_list("token", flat=True))
    dropped.delete()
    transaction.on_commit(lambda: blobs.delete_all(tokens))
    Media.objects.filter(pk__in=kept, owner=author, post=post).update(post=None)
    _attach(author, post, media)


def _attach(author: Actor, post: Post, media: Sequence[Media]) -> None:
    for position, item in enumerate(media):
        taken = Media.objects.filter(pk=item.pk, owner=author, post=None).update(post=post, position=position)
        if not taken:
            raise NotThere(_("That picture is not yours, or stands in another post already."))
    Draft.media.through.objects.filter(media__in=[item.pk for item in media]).delete()

"""What other servers are owed after something happens here. Only people here speak from here."""

from collections.abc import Iterable

from speak.federation import planning, tasks
from speak.federation.documents.nodes import host_of
from speak.federation.elsewhere import sending as elsewhere
from speak.federation.elsewhere.keeping import forget_places_of
from speak.federation.looking_up.asking import forget_looks
from speak.federation.models import Activity
from speak.federation.places.looking import want_known
from speak.federation.render import activities
from speak.federation.sites import polling
from speak.federation.webmention.keeping import forget_mentions_of, forget_sites, forget_sites_of
from speak.federation.webmention.sending import owe as owe_mentions
from speak.federation.webmention.sending import owe_end_of
from speak.identity.actions import server_actor
from speak.identity.events import (
    ActorBlocked,
    ActorLimited,
    ActorMoved,
    ActorUnblocked,
    FollowAccepted,
    FollowAsked,
    FollowEnded,
    FollowRefused,
    PersonLeft,
    ProfileChanged,
)
from speak.identity.models import Actor, Block, Follow
from speak.kernel.events import on
from speak.safety.events import LimitSet, ReportMade
from speak.safety.models import LimitKind
from speak.safety.queries import limit_of_event, report_of_event
from speak.voice import rules
from speak.voice.events import (
    BoostWithdrawn,
    LikeWithdrawn,
    OptionsChosen,
    PollEnded,
    PollMoved,
    PostBoosted,
    PostEdited,
    PostLiked,
    PostPinned,
    PostPublished,
    PostUnpinned,
    PostWithdrawn,
    QuoteAgreed,
    QuoteAsked,
    QuoteLearned,
    QuoteRefused,
    QuoteTakenBack,
)
from speak.voice.models import Boost, Like, Post, Quote
from speak.voice.queries import choices_of_event, choosers_elsewhere, post_of_event, quote_of_event, quotes_above

# Of words that show words that show words, so many are asked about: whoever makes them up could go on for ever.
MOST_QUOTES_DEEP = 3


@on(PostPublished)
def plan_create(event: PostPublished) -> None:
    """What was said is owed to those elsewhere whom it is for."""
    post = post_of_event(event.post_id)
    inboxes = planning.inboxes_for_post(post)
    if inboxes:
        planning.owe(post.author, activities.create(post), about_uri=post.uri, inboxes=inboxes)


@on(PostEdited)
def plan_update(event: PostEdited) -> None:
    """The better wording is owed to whoever may have the earlier one."""
    post = post_of_event(event.post_id)
    if not post.is_local:
        return
    unnamed = planning.inboxes_of(post.author, Actor.objects.filter(pk__in=event.no_longer_named))
    planning.remember_inbox(post.author, inboxes=unnamed, about_uri=post.uri)
    if _forgets_earlier(post):
        planning.forget_earlier(post, create=activities.create(post))
    inboxes = planning.inboxes_for_post(post, reached={*_answerers(post), *event.no_longer_named})
    if inboxes:
        planning.drop_outdated(post.uri)
        document = activities.update(post, planning.new_uri())
        planning.owe(post.author, document, about_uri=post.uri, inboxes=inboxes)


@on(PostWithdrawn)
def plan_delete(event: PostWithdrawn) -> None:
    """Wherever a copy may have gone, it is taken back; copies that have not left do not leave."""
    post = post_of_event(event.post_id)
    if not post.is_local:
        return
    inboxes = planning.inboxes_for_post(post, reached=event.reached, is_withdrawal=True) | planning.former_inboxes(post)
    never = planning.drop_waiting(post.uri)
    inboxes -= never.told - _fetched_by(post, event.reached)
    inboxes |= _inbox_of_asked(event.asked) - never.asked
    if inboxes:
        document = activities.delete(post, planning.new_uri())
        planning.owe(post.author, document, about_uri=post.uri, inboxes=inboxes)


@on(PostPublished, PostEdited, PostWithdrawn)
def plan_mentions(event: PostPublished | PostEdited | PostWithdrawn) -> None:
    """The sites that a post of ours links to are owed word of it; what sites said to a withdrawn one goes with it."""
    post = post_of_event(event.post_id)
    owe_mentions(post)
    if post.withdrawn_at is not None:
        forget_mentions_of(post)


@on(PostPublished)
def plan_elsewhere(event: PostPublished) -> None:
    """What was said is owed to the places elsewhere that its author chose for it."""
    if event.also_at:
        elsewhere.owe(post_of_event(event.post_id), event.also_at)


@on(PostEdited, PostWithdrawn)
def plan_elsewhere_anew(event: PostEdited | PostWithdrawn) -> None:
    """Where it was said elsewhere, it is said better or taken back there too; nowhere else."""
    elsewhere.owe_anew(post_of_event(event.post_id))


@on(PostBoosted)
def plan_announce(event: PostBoosted) -> None:
    """What somebody here passes on goes to their followers, and its author hears it.

    What a site says in its feed is no object that other servers could fetch: it is passed on to those here.
    """
    boost = Boost.objects.select_related("actor", "post__author").get(pk=event.boost_id)
    if boost.actor.is_local and not boost.post.author.is_site and rules.may_boost(boost.post.reach):
        document = activities.announce(boost)
        planning.owe(boost.actor, document, about_uri=boost.uri, inboxes=_followers_and_author(boost.actor, boost.post))


@on(BoostWithdrawn)
def plan_undo_of_announce(event: BoostWithdrawn) -> None:
    """It is not passed on any more."""
    actor, post = Actor.objects.get(pk=event.actor_id), post_of_event(event.post_id)
    if actor.is_local and not post.author.is_site and rules.may_boost(post.reach):
        done = activities.announce_of(actor, uri=event.boost_uri, post=post)
        document = activities.undo(planning.new_uri(), done)
        planning.owe(actor, document, about_uri=event.boost_uri, inboxes=_followers_and_author(actor, post))


@on(PostLiked)
def plan_like(event: PostLiked) -> None:
    """The author elsewhere hears thanks."""
    like = Like.objects.select_related("actor", "post__author").get(pk=event.like_id)
    _tell(like.actor, like.post.author, activities.like(like), about_uri=like.uri)


@on(LikeWithdrawn)
def plan_undo_of_like(event: LikeWithdrawn) -> None:
    """The like was taken back."""
    actor, post = Actor.objects.get(pk=event.actor_id), post_of_event(event.post_id)
    done = activities.like_of(actor, uri=event.like_uri, post=post)
    _tell(actor, post.author, activities.undo(planning.new_uri(), done), about_uri=event.like_uri)


@on(PostPinned, PostUnpinned)
def plan_pin(event: PostPinned | PostUnpinned) -> None:
    """Those elsewhere who follow somebody here see what stands at the top of their profile."""
    actor, post = Actor.objects.get(pk=event.actor_id), post_of_event(event.post_id)
    if actor.is_local:
        kind = "Add" if isinstance(event, PostPinned) else "Remove"
        document = activities.pinned(actor, planning.new_uri(), post, kind=kind)
        planning.owe(actor, document, about_uri=post.uri, inboxes=planning.inboxes_of_followers(actor))


@on(QuoteAsked)
def plan_quote_request(event: QuoteAsked) -> None:
    """Somebody elsewhere is asked whether their words may be shown in those of somebody here."""
    quote = quote_of_event(event.quote_id)
    if quote.quoted is not None and quote.post.is_local and not quote.quoted.is_local:
        document = activities.quote_request(quote)
        _tell(quote.post.author, quote.quoted.author, document, about_uri=quote.post.uri)


@on(QuoteLearned)
def ask_about_quote(event: QuoteLearned) -> None:
    """Whom somebody elsewhere quotes is asked by their server, where there may be a stamp or it may be themselves."""
    quote = quote_of_event(event.quote_id)
    may_be_own = host_of(quote.quoted_uri) == host_of(quote.post.author.uri)
    if (quote.stamp_uri or may_be_own) and quotes_above(quote.post, most=MOST_QUOTES_DEEP) < MOST_QUOTES_DEEP:
        tasks.check_quote.enqueue(quote_id=quote.pk)


@on(QuoteAgreed)
def plan_quote_agreed(event: QuoteAgreed) -> None:
    """Whoever asked from elsewhere is told yes; what was said here is sent anew, with the stamp."""
    quote = quote_of_event(event.quote_id)
    if quote.post.is_local:
        _say_again(quote.post)
    elif quote.quoted is not None and quote.request_uri:
        document = activities.quote_answer(quote, planning.new_uri(), kind="Accept")
        _tell(quote.quoted.author, quote.post.author, document, about_uri=quote.request_uri)


@on(QuoteRefused)
def plan_quote_refused(event: QuoteRefused) -> None:
    """Whoever asked from elsewhere is told no; what was said here is sent anew, without the quote."""
    quote = quote_of_event(event.quote_id)
    if quote.post.is_local:
        _say_again(quote.post)
    elif quote.quoted is not None and quote.request_uri:
        document = activities.quote_answer(quote, planning.new_uri(), kind="Reject")
        _tell(quote.quoted.author, quote.post.author, document, about_uri=quote.request_uri)


@on(QuoteTakenBack)
def plan_quote_taken_back(event: QuoteTakenBack) -> None:
    """Wherever the stamp may have been read, it is taken back; what was said here is sent anew, without the quote."""
    quote = quote_of_event(event.quote_id)
    if quote.post.is_local:
        _say_again(quote.post)
    if quote.quoted is not None and quote.quoted.is_local and event.stamp_uri:
        author = quote.quoted.author
        document = activities.stamp_withdrawn(author, planning.new_uri(), stamp_uri=event.stamp_uri)
        inboxes = _followers_and_author(author, quote.post)
        planning.owe(author, document, about_uri=quote.request_uri or event.stamp_uri, inboxes=inboxes)


@on(OptionsChosen)
def plan_choices(event: OptionsChosen) -> None:
    """Whoever asked elsewhere hears what was chosen here, one answer at a time."""
    for choice in choices_of_event(event.chooser_id, event.option_ids):
        author, document = choice.option.poll.post.author, activities.choice(choice)
        _tell(choice.chooser, author, document, about_uri=str(document["id"]))


@on(PollMoved, PollEnded)
def plan_numbers(event: PollMoved | PollEnded) -> None:
    """Those who may see the poll elsewhere see what was chosen so far, or in the end."""
    post = post_of_event(event.post_id)
    if post.is_local:
        planning.drop_outdated(post.uri)
        _say_again(post, also=choosers_elsewhere(post.pk))


@on(FollowAsked)
def plan_follow(event: FollowAsked) -> None:
    """Somebody elsewhere is asked."""
    follow = Follow.objects.select_related("follower", "target").get(pk=event.follow_id)
    _tell(follow.follower, follow.target, activities.follow(follow), about_uri=follow.uri)


@on(FollowAccepted)
def plan_accept(event: FollowAccepted) -> None:
    """Somebody elsewhere who asked is told yes. Of those whom we follow, what they keep at the top is fetched."""
    follow = Follow.objects.select_related("follower", "target").get(pk=event.follow_id)
    if follow.follower.is_local and not follow.target.is_local and follow.target.featured_url:
        tasks.fetch_featured.enqueue(actor_id=follow.target_id)
    if follow.follower.is_local:
        want_known(follow.target)
    document = activities.accept(follow.target, planning.new_uri(), activities.follow(follow), follower=follow.follower)
    _tell(follow.target, follow.follower, document, about_uri=follow.uri)


@on(FollowAccepted)
def begin_to_read(event: FollowAccepted) -> None:
    """A site that somebody here follows is read from now on."""
    follow = Follow.objects.select_related("target").get(pk=event.follow_id)
    if follow.target.is_site:
        polling.begin(follow.target)


@on(FollowEnded, FollowRefused)
def end_reading(event: FollowEnded | FollowRefused) -> None:
    """A site that nobody follows any more is not read any more."""
    target = Actor.objects.get(pk=event.target_id)
    if target.is_site:
        polling.end(target)


@on(FollowRefused)
def plan_reject(event: FollowRefused) -> None:
    """Somebody elsewhere who asked, or followed, is told no."""
    follower, target = Actor.objects.get(pk=event.follower_id), Actor.objects.get(pk=event.target_id)
    _remember(follower, target)
    asked = activities.follow_of(follower, uri=event.follow_uri, target=target)
    document = activities.reject(target, planning.new_uri(), asked, follower=follower)
    _tell(target, follower, document, about_uri=event.follow_uri)


@on(FollowEnded)
def plan_undo_of_follow(event: FollowEnded) -> None:
    """Somebody elsewhere is not followed from here any more; or somebody here not from elsewhere."""
    follower, target = Actor.objects.get(pk=event.follower_id), Actor.objects.get(pk=event.target_id)
    _remember(follower, target)
    asked = activities.follow_of(follower, uri=event.follow_uri, target=target)
    _tell(follower, target, activities.undo(planning.new_uri(), asked), about_uri=event.follow_uri)


@on(ActorBlocked)
def plan_block(event: ActorBlocked) -> None:
    """The server of the blocked stops showing them what the blocker says."""
    block = Block.objects.select_related("blocker", "blocked").get(pk=event.block_id)
    _tell(block.blocker, block.blocked, activities.block(block), about_uri=block.uri)


@on(ActorUnblocked)
def plan_undo_of_block(event: ActorUnblocked) -> None:
    """The block was taken back."""
    blocker, blocked = Actor.objects.get(pk=event.blocker_id), Actor.objects.get(pk=event.blocked_id)
    done = activities.block_of(blocker, uri=event.block_uri, blocked=blocked)
    _tell(blocker, blocked, activities.undo(planning.new_uri(), done), about_uri=event.block_uri)


@on(ProfileChanged, ActorLimited)
def plan_profile(event: ProfileChanged | ActorLimited) -> None:
    """Those who follow somebody here see the profile as it is now, or that there is none at present."""
    actor = Actor.objects.get(pk=event.actor_id)
    inboxes = planning.inboxes_of_followers(actor) if actor.is_local else set()
    if inboxes:
        planning.drop_outdated(actor.uri)
        document = activities.profile_changed(actor, planning.new_uri())
        planning.owe(actor, document, about_uri=actor.uri, inboxes=inboxes)


@on(ActorMoved)
def plan_move(event: ActorMoved) -> None:
    """Those elsewhere who follow somebody here are told where they live now; those here are led there."""
    actor, new = Actor.objects.get(pk=event.actor_id), Actor.objects.get(pk=event.new_id)
    uri = planning.new_uri()
    document = activities.move(actor, uri, new=new)
    planning.owe(actor, document, about_uri=uri, inboxes=planning.inboxes_of_followers(actor))
    tasks.lead_those_here.enqueue(actor_id=actor.pk, new_id=new.pk)


@on(PersonLeft)
def plan_end(event: PersonLeft) -> None:
    """Every server that is known is told that somebody is gone; nothing else of theirs leaves any more."""
    actor = Actor.objects.get(pk=event.actor_id)
    inboxes = planning.all_inboxes(actor)
    planning.forget_said_by(actor)
    forget_sites_of(actor)
    forget_places_of(actor)
    forget_looks(actor)
    uri = planning.new_uri()
    planning.owe(actor, activities.gone(actor, uri), about_uri=actor.uri, inboxes=inboxes)
    owe_end_of(actor)


@on(ReportMade)
def plan_flag(event: ReportMade) -> None:
    """Where the reporter wants it, the server of the reported is told: by this server, without a name."""
    report = report_of_event(event.report_id)
    reported = report.reported
    if (
        not report.is_forwarded
        or reported.is_local
        or reported.gone_at is not None
        or reported.suspended_at is not None
    ):
        return
    document = activities.flag(server_actor(), planning.new_uri(), report)
    planning.owe(server_actor(), document, about_uri=str(document["id"]), inboxes=[reported.best_inbox_url])


@on(LimitSet)
def forget_what_is_owed(event: LimitSet) -> None:
    """What waits for somebody who is suspended from now on does not leave."""
    limit = limit_of_event(event.limit_id)
    if limit.kind != LimitKind.SUSPENDED:
        return
    if limit.domain:
        planning.drop_owed_to_server(limit.domain)
        forget_sites(limit.domain)
    elif limit.actor is not None and not limit.actor.is_local:
        planning.drop_owed_to(limit.actor)


def _say_again(post: Post, *, also: Iterable[int] = ()) -> None:
    """What was said is owed as it stands now to whoever may have it as it stood; nothing where none was sent yet."""
    if not rules.leaves_the_server(post.reach):
        return
    inboxes = planning.inboxes_for_post(post, reached=_answerers(post) | set(also))
    if inboxes and post.withdrawn_at is None and Activity.objects.filter(about_uri=post.uri).exists():
        planning.owe(post.author, activities.update(post, planning.new_uri()), about_uri=post.uri, inboxes=inboxes)


def _answerers(post: Post) -> set[int]:
    """Those who hold a copy because they answered, thanked for, passed on or quoted a post, or are quoted in it."""
    found = set(post.replies.values_list("author", flat=True)) | set(post.quotes.values_list("post__author", flat=True))
    found |= set(post.boosts.values_list("actor", flat=True)) | set(post.likes.values_list("actor", flat=True))
    asked = Quote.objects.filter(post=post, quoted__isnull=False).exclude(request_uri="")
    return found | set(asked.values_list("quoted__author", flat=True))


def _fetched_by(post: Post, reached: Iterable[int]) -> set[str]:
    """Inboxes whose servers may have fetched an open post by themselves: somebody there answered it."""
    return planning.inboxes_of(post.author, Actor.objects.filter(pk__in=reached)) if post.is_open else set()


def _forgets_earlier(post: Post) -> bool:
    """Whether somebody took words in it back, of which a copy may have been made."""
    return post.edited_at is not None and rules.leaves_the_server(post.reach) and not post.revisions.exists()


def _inbox_of_asked(actor_id: int | None) -> set[str]:
    """Where the words lie with which somebody elsewhere was asked to be quoted, whatever they are to us by now."""
    asked = Actor.objects.filter(pk__in=[actor_id], gone_at=None).exclude(domain="")
    return {actor.best_inbox_url for actor in asked}


def _followers_and_author(actor: Actor, post: Post) -> set[str]:
    author = planning.inboxes_of(actor, Actor.objects.filter(pk=post.author_id))
    return planning.inboxes_of_followers(actor) | author


def _remember(follower: Actor, target: Actor) -> None:
    """The server of somebody who followed may hold what was said until now."""
    if target.is_local and not follower.is_local:
        planning.remember_inbox(target, inboxes=[follower.best_inbox_url])


def _tell(sender: Actor, recipient: Actor, document: dict[str, object], *, about_uri: str) -> None:
    """One message from somebody here to somebody elsewhere, also to one who is blocked: they must know to stop."""
    is_living = recipient.gone_at is None and recipient.suspended_at is None
    if sender.is_local and not recipient.is_local and is_living:
        planning.owe(sender, document, about_uri=about_uri, inboxes=[recipient.best_inbox_url])

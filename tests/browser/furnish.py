"""Fills a place with people and what they say; run as a program beside it, with its settings."""

import datetime as dt
import io
import json
import sys
from dataclasses import replace
from urllib.parse import urlencode

import django
from PIL import Image, ImageDraw

# Models can be imported once Django has started; hence the order below.
django.setup()

from allauth.account.models import EmailAddress  # noqa: E402

from speak.clients.bringing.notes import Notes, Why  # noqa: E402
from speak.clients.models import App, Import, ImportState  # noqa: E402
from speak.clients.tokens import make_token  # noqa: E402
from speak.federation.elsewhere.keeping import offer_letters  # noqa: E402
from speak.federation.elsewhere.subscribers import ask_for_letters, confirm  # noqa: E402
from speak.federation.far_files import picture_at  # noqa: E402
from speak.federation.looking_up.asking import home_of  # noqa: E402
from speak.federation.looking_up.places import Place, Source, State, packed  # noqa: E402
from speak.federation.models import LookUp, SaidElsewhere, SiteMention  # noqa: E402
from speak.federation.webmention.keeping import block_site  # noqa: E402
from speak.identity import actions  # noqa: E402
from speak.identity.actions import ProfileWords, ask_for_morning_letters  # noqa: E402
from speak.identity.models import Actor, Finding, Hearing, MorningLetter, User  # noqa: E402
from speak.kernel import clock  # noqa: E402
from speak.kernel.outbound import Answer  # noqa: E402
from speak.kernel.pictures import print_of  # noqa: E402
from speak.rooms.actions import draw_groups, join_meeting  # noqa: E402
from speak.safety.actions import (  # noqa: E402
    Complaint,
    LimitWords,
    Outcome,
    accept_handling,
    decide_report,
    make_report,
    name_handler,
)
from speak.safety.models import DecisionKind, LimitKind  # noqa: E402
from speak.voice.actions import (  # noqa: E402
    DraftWords,
    Words,
    add_picture,
    ask_about,
    follow_tag,
    keep_draft,
    publish_post,
    show_draft,
    show_tag,
)
from speak.voice.audience import Audience  # noqa: E402
from speak.voice.reach import Reach  # noqa: E402
from tests import makers  # noqa: E402
from tests.browser.furnish_mirror import mirrored  # noqa: E402
from tests.browser.furnish_rooms import gathered  # noqa: E402
from tests.fakes import FakeOutbound  # noqa: E402
from tests.federation.elsewhere.far_mastodon import account  # noqa: E402
from tests.federation.elsewhere.places import channel, say_at  # noqa: E402
from tests.federation.sites.feeds import blog, entry, followed  # noqa: E402
from tests.rooms.meeting import begun, say, show  # noqa: E402

ARTICLE = """There are three things nobody tells you.

## The first

Wood *moves*. Leave it a week, [look it up](https://wood.example/), then measure again.

- Oak: slowly
- Pine: at once

> Measure the boat, not the drawing.
"""


def picture(color: str, size: tuple[int, int] = (600, 600)) -> bytes:
    """A face, of sorts."""
    image = Image.new("RGB", size, color)
    draw, (width, height) = ImageDraw.Draw(image), size
    draw.ellipse((width * 0.3, height * 0.2, width * 0.7, height * 0.6), fill="#e8c9a8")
    draw.ellipse((width * 0.15, height * 0.65, width * 0.85, height * 1.4), fill="#334455")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def people() -> dict[str, Actor]:
    """Ana, who runs the place, with all a profile can hold; Bob; Carol, who asks; Dora elsewhere; Eve, blocked."""
    ana, bob, carol, eve = (
        makers.person(handle, name=name)
        for handle, name in (
            ("ana", "Ana María Ferreira"),
            ("bob", "Bob Okafor"),
            ("carol", "Carol Lindqvist-Featherstonehaugh"),
            ("eve", "Eve"),
        )
    )
    dora = makers.far_person("dora")
    Actor.objects.filter(pk=dora.pk).update(about_html="<p>I keep bees in the north.</p>")
    User.objects.filter(actor=ana).update(is_staff=True, email="ana@ana.example")
    actions.write_profile(ana, words=ProfileWords(ana.name, "Teaching how a plank is bent, and learning it again."))
    actions.set_picture(ana, data=picture("#77aa99"), description="Ana at the steam box, laughing")
    actions.set_banner(ana, data=picture("#335577", (1600, 500)))
    actions.set_picture(bob, data=picture("#bb8855"))
    actions.put_on_shelf(ana, title="A spokeshave", sentence="It fits no hand but ours.", data=picture("#ccaa77"))
    actions.put_on_shelf(ana, title="The Wooden Boat", sentence="I argue with it in the margins.")
    places = [("My blog", "https://ana.example/"), ("Work", "https://boats.example/ana"), ("Where", "Porto, mostly")]
    actions.replace_links(ana, links=places)
    blog, work = ana.links.exclude(url="")
    actions.keep_finding(blog.pk, url=blog.url, finding=Finding.POINTS_BACK)
    actions.keep_finding(work.pk, url=work.url, finding=Finding.SILENT)
    for actor in (ana, bob, carol):
        actions.change_preferences(actor, approves_followers=actor == ana, is_listed=True)
    makers.follows(bob, ana)
    makers.follows(ana, bob)
    makers.follows(dora, ana)
    actions.follow(carol, target=ana)
    actions.follow(ana, target=dora)
    actions.block(ana, blocked=eve)
    actions.endorse(ana, about=bob)
    actions.block_server(ana, domain="loud.example")
    follow_tag(ana, name="tides")
    show_tag(ana, name="Planking")
    for actor in (ana, bob):
        name_handler(None, actor=actor)
        accept_handling(actor, sentence="At the boathouse, on Tuesdays.")
    make_report(carol, reported=dora, complaint=Complaint("She sends me the same thing every day."), handler=ana)
    report = make_report(bob, reported=eve, complaint=Complaint("She shouts."), handler=ana)
    limit = LimitWords(LimitKind.SILENCED, "Lower your voice.")
    decide_report(ana, report=report, outcome=Outcome(DecisionKind.LIMITED, "We spoke, twice.", limit))
    return {"ana": ana, "bob": bob, "carol": carol, "dora": dora}


def words(cast: dict[str, Actor]) -> dict[str, str]:
    """Posts of every kind; returns the pages they are on, by kind."""
    ana, bob, carol = cast["ana"], cast["bob"], cast["carol"]
    note = makers.post(ana, "Good morning. The tide is at six, and the kettle is on. #tides")
    seen = add_picture(bob, data=picture("#668844", (1200, 800)), description="A keel on trestles")
    shown = publish_post(bob, words=Words("The keel."), audience=Audience(Reach.PUBLIC), media=[seen])
    article = publish_post(
        carol, words=Words(ARTICLE, title="What nobody tells you of wood"), audience=Audience(Reach.PUBLIC)
    )
    actions.choose_policy(ana, chosen={"for_not_following": Hearing.FILTER})
    makers.post(carol, "@ana, is the slipway free on Sunday?")
    actions.choose_policy(ana, chosen={"for_not_following": Hearing.ACCEPT})
    makers.post(bob, "For those who follow me.", reach=Reach.FOLLOWERS)
    makers.post(bob, "For you, @ana.", reach=Reach.NAMED, to=(ana,))
    publish_post(bob, words=Words("The glue was cold.", summary="A mishap"), audience=Audience(Reach.HERE))
    question = makers.answer(bob, note, "Is there tea as well?")
    makers.answer(carol, question, "There is always tea.")
    return {"note": note.path, "edit": f"/said/{note.pk}/edit", "shown": shown.path, "article": article.path}


def meeting(cast: dict[str, Actor]) -> dict[str, str]:
    """A room of Ana's that meets at this moment, at its second step; returns its page and the way in."""
    room = begun(cast["ana"])
    bob = join_meeting(room.code, name="", is_shown=True, actor=cast["bob"])
    for place in (0, 1):
        show(cast["ana"], room, place)
    said = say(bob, room, "This week I wonder why we never ask the night shift.")
    say(cast["ana"], room, "This week I wonder who fed the cat.")
    makers.answer(cast["ana"], said, "Because they are asleep when we meet.")
    say(bob, room, "And who washes up.")
    draw_groups(cast["ana"], room=room, size=2, practice="a-sentence")
    return {"meeting": room.path, "way_in": f"/here/{room.code}"}


def before_and_beside(cast: dict[str, Actor]) -> dict[str, str]:
    """A draft of each that the other looks at, and an app that Ana let in and that asks anew."""
    ana, bob = cast["ana"], cast["bob"]
    shown = {}
    for author, reader in ((ana, bob), (bob, ana)):
        draft = keep_draft(author, content=DraftWords(Words("We measured the drawing."), Audience(Reach.HERE)))
        look = show_draft(author, draft=draft, reader=reader, wish="Is it fair?")
        ask_about(reader, look=look, words="Who is “we”?")
        shown[author.handle] = (draft.pk, look.path)
    app = App.objects.create(
        name="Tusk",
        website="https://tusk.example/",
        scopes="read write follow",
        redirect_uris="https://tusk.example/back",
        client_type=App.CLIENT_CONFIDENTIAL,
        authorization_grant_type=App.GRANT_AUTHORIZATION_CODE,
    )
    if ana.user:
        make_token(ana.user, scopes=["read", "write:statuses"], app=app)
    asked = {"client_id": app.client_id, "redirect_uri": app.redirect_uris, "response_type": "code", "scope": "read"}
    return {
        "draft": str(shown["ana"][0]),
        "look": shown["bob"][1],
        "consent": f"/oauth/authorize?{urlencode(asked)}",
    }


def brought(owner: Actor) -> None:
    """One file that came, and one that did not; nothing of either stands among what is shown."""
    notes, ties = Notes(), Notes()
    notes.tell(Why.PASSED_ON, "outbox.json[3]")
    notes.tell(Why.NO_PICTURE, "outbox.json[17]")
    ties.tell(Why.NOBODY, "gone@far.example")
    report = {"posts": 312, "already": 4, "read": notes.as_json(), "ties": ties.as_json()}
    Import.objects.create(
        owner=owner,
        name="archive-20261101.zip",
        format="mastodon",
        state=ImportState.TYING,
        total=316,
        done=316,
        ties=80,
        tied=22,
        report=report,
    )
    refused = "“outbox.json” breaks off, or is not what its name says. Nothing was brought."
    Import.objects.create(owner=owner, name="old.zip", state=ImportState.REFUSED, refused=refused)


def from_sites(cast: dict[str, Actor]) -> dict[str, str]:
    """What pages of other sites say to Ana: one is shown, two wait, and of one she hears nothing."""
    said = makers.post(cast["ana"], "What do you do on the first warm day of the year?")
    for number, (state, kind) in enumerate((("shown", "reply"), ("held", "mention"), ("held", "like"))):
        SiteMention.objects.create(
            recipient=cast["ana"],
            post=said,
            source_url=f"https://site-{number}.example/post",
            target_url=said.url,
            host=f"site-{number}.example",
            state=state,
            kind=kind,
            author_name="Erin Elm",
            title="" if kind == "reply" else "Boats of the harbour",
            html="<p>I open every window of the house.</p>" if kind == "reply" else "",
            due_at=None,
        )
    block_site(cast["ana"], "spam.example")
    brought(cast["ana"])
    actions.bring_domain(cast["ana"], name="ana.garden")
    channel(cast["ana"], name="#boats")
    heard = say_at(cast["ana"], account(cast["ana"]), words="Low water at six. Come and see the old slip.")
    there = "https://mastodon.example/@alice/1"
    SaidElsewhere.objects.filter(post=heard).update(url=there, said_at=clock.now(), due_at=None)
    followed(cast["ana"], blog(entry(2, title="What the tide left"), entry(1, title="Oak or pine?")))
    place = cast["ana"].links.exclude(url="")[1]
    found = {"place": f"/settings/places/{place.pk}", "cited": said.path, "guest": f"/guest?post={said.pk}"}
    return {**found, **letters_of(cast["ana"])}


def letters_of(ana: Actor) -> dict[str, str]:
    """Who gets her words by e-mail: one has said yes, one is asked."""
    offer_letters(ana)
    erin, frank = (ask_for_letters(ana, address=f"{name}@site.example") for name in ("erin", "frank"))
    assert erin is not None
    assert frank is not None
    confirm(erin.token)
    EmailAddress.objects.create(user=ana.user, email="ana@site.example", verified=True, primary=True)
    ask_for_morning_letters(ana)
    morning = MorningLetter.objects.get(actor=ana)
    return {
        "leave": f"/letters/leave/{erin.token}",
        "yes": f"/letters/yes/{frank.token}",
        "morning": f"/mornings/end/{morning.token}",
    }


def looked_up(cast: dict[str, Actor]) -> dict[str, str]:
    """Two looks of Ana's: of what she found first, she mended something, and something is new."""
    ana, now = cast["ana"], clock.now()
    face, url = picture("#77aa99"), "https://files.social.example/ana.png"
    picture_at(url, ask=FakeOutbound({url: Answer(200, face)}).ask)
    home = home_of(ana)
    profile = Place(
        "@ana@social.example",
        url="https://social.example/@ana",
        sources=(Source.ACTIVITYPUB, Source.OPEN_GRAPH),
        software="mastodon",
        name="Ana María Ferreira",
        about="Boats, planks, tea. Teaching how a plank is bent and learning it again every time.",
        picture_url=url,
        picture_print=print_of(face),
        handle="ana@social.example",
        latest_at=now - dt.timedelta(days=2),
        also=("https://social.example/@ana",),
        points_to=(home.address,),
    )
    blog = Place(
        "https://ana.example/",
        url="https://ana.example/",
        sources=(Source.MICROFORMATS, Source.PAGE),
        name="A. Ferreira",
        latest_at=now - dt.timedelta(days=900),
        points_to=(home.address, "https://social.example/@ana"),
    )
    work = Place(
        "https://boats.example/a-long-name-of-a-yard-on-the-quay/people/ana-maria-ferreira",
        url="https://boats.example/a-long-name-of-a-yard-on-the-quay/people/ana-maria-ferreira",
        sources=(Source.OPEN_GRAPH, Source.PAGE),
        heading="Our people, our boats, our harbor",
        about="The yard on the quay builds, mends and stores boats of wood since 1911.",
    )
    gone = Place("https://old.example/~ana", state=State.GONE)
    closed = Place("https://network.example/in/ana", state=State.CLOSED)
    for asked_at, places in (
        (now - dt.timedelta(days=40), [replace(profile, name="Captain Tides"), blog, work]),
        (now, [profile, blog, work, gone, closed]),
    ):
        LookUp.objects.create(
            owner=ana,
            addresses=[place.address for place in places],
            places=[packed(place) for place in places],
            home=packed(home),
            asked_at=asked_at,
            ended_at=asked_at,
        )
    return {}


if __name__ == "__main__":
    everybody = people()
    pages = [make(everybody) for make in (words, meeting, gathered, before_and_beside, from_sites, mirrored, looked_up)]
    json.dump({name: path for made in pages for name, path in made.items()}, sys.stdout)

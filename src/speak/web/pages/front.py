"""What a stranger meets at the door: what this place is, who lives here, what they say in public."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from speak.identity.queries import people_seen
from speak.rooms.queries import stories_told, the_organisation
from speak.voice.queries import Window, gathered_here
from speak.web.shown.people import shown_person
from speak.web.shown.posts import shown_posts

MOST_FACES = 60


def front(request: HttpRequest) -> HttpResponse:
    """The front page of this server, for whoever is not signed in. Only those who chose to be seen are on it."""
    together = the_organisation()
    context = {
        "sentence": settings.SPEAK_SENTENCE,
        "address": f"{settings.SPEAK_URL}/",
        "people": [shown_person(actor) for actor in people_seen(None)[:MOST_FACES]],
        "posts": shown_posts(None, gathered_here(None, Window())),
        "organisation": together.actor.called if together else "",
        "has_stories": stories_told(None).exists(),
    }
    return render(request, "web/front.html", context)

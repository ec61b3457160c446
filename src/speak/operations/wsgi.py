"""What the web server calls."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import resolve

from speak.kernel.garbage import settle
from speak.operations.front import MOST, Front
from speak.web.admission import admitted

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "speak.operations.settings")
application = get_wsgi_application()
front = Front(application, threads=settings.SPEAK_WEB_THREADS, most_at=lambda path: admitted(path, usual=MOST))
# Finding one page loads them all: before the first request, not during it.
resolve("/health")
settle()

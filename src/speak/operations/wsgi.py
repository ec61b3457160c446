"""What the web server calls."""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import resolve

from speak.kernel.garbage import settle, while_loading
from speak.operations.front import Front, Taking
from speak.operations.presence import be_here
from speak.web.tickets import most_at

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "speak.operations.settings")
with while_loading():
    application = get_wsgi_application()
    be_here(Path(settings.SPEAK_DATA))
    taking = Taking(most_at, str(settings.FILE_UPLOAD_TEMP_DIR))
    front = Front(application, threads=settings.SPEAK_WEB_THREADS, taking=taking)
    # Finding one page loads them all: before the first request, not during it.
    resolve("/health")
settle()

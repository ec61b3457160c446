"""Pictures that arrive with a form are kept at once, so that a form that comes back has not lost them."""

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from speak.identity.models import Actor
from speak.kernel.errors import Refusal, TooMuch
from speak.kernel.pictures import MAX_BYTES
from speak.voice.actions import add_picture
from speak.voice.models import Media
from speak.voice.queries import unsaid_media
from speak.web.forms.compose import MORE_PICTURES
from speak.web.paging import id_in

MOST_KEPT = 16


def take_pictures(owner: Actor, data: QueryDict, files: MultiValueDict[str, UploadedFile[bytes]]) -> dict[str, Refusal]:
    """Keep every picture that came, and write into `data` (which changes) that it is there.

    Returns for each field whose picture could not be kept the reason why.
    """
    refused: dict[str, Refusal] = {}
    for number in range(MORE_PICTURES):
        name = f"picture_{number}"
        arrived = files.get(name)
        if arrived is None:
            continue
        description = data.get(f"description_{number}", "").replace("\0", "")
        try:
            media = _kept(owner, arrived, description)
        except Refusal as refusal:
            refused[name] = refusal
            continue
        data["kept_ids"] = f"{data.get('kept_ids', '')} {media.pk}".strip()
        data[f"description_of_{media.pk}"] = media.description
        data[f"description_{number}"] = ""
    return refused


def kept_media(owner: Actor, data: QueryDict) -> list[Media]:
    """The pictures that a form says it holds already; only one's own that stand in no post."""
    written = data.get("kept_ids", "").split()[:MOST_KEPT]
    return unsaid_media(owner, [number for number in map(id_in, written) if number])


def _kept(owner: Actor, arrived: UploadedFile[bytes], description: str) -> Media:
    if arrived.size is None or arrived.size > MAX_BYTES:
        raise TooMuch(_("That picture is larger than 16 MB."), hint=_("Choose a smaller one."))
    return add_picture(owner, data=arrived.read(), description=description)

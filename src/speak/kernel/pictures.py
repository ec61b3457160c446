"""Pictures from outside: bounded, turned upright, stripped of everything but the picture."""

import io
import warnings
from dataclasses import dataclass
from itertools import pairwise

from blurhash_rs import blurhash_encode
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from speak.kernel.errors import Invalid, TooMuch

MAX_BYTES = 16 * 1024 * 1024
MAX_PIXELS = 50_000_000
# Enough for the few colors that are shown while a picture is on its way.
BLURRED_SIDE = 32
# For telling whether two pictures are one: its size, the grids that are laid over it, what is no difference in light.
PRINTED_SIDE, GRID, COLORED, NOISE = 128, 8, 4, 2
READABLE = ("JPEG", "PNG", "WEBP", "GIF")
# What a still WebP consists of, without a word about its maker (RFC 9649, 2.7).
PLAIN_CHUNKS = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH"})


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept: WebP bytes, its size in pixels, and its colors in a few letters (blurha.sh)."""

    data: bytes
    width: int
    height: int
    blurhash: str


def prepare_picture(data: bytes, *, longest_side: int) -> Picture:
    """Make a picture of `data` that is safe to show and tells nothing of where it was taken.

    `longest_side` bounds width and height, in pixels. Metadata (place, camera, names) is dropped. What has been made so
    before, here or at an earlier home, stays as it is: each time anew it would lose a little.

    Raises:
        TooMuch: more than 16 MiB or 50 million pixels.
        Invalid: not a JPEG, PNG, WebP or GIF picture.
    """
    if len(data) > MAX_BYTES:
        raise TooMuch(_("That picture is larger than 16 MB."), hint=_("Choose a smaller one."))
    try:
        with warnings.catch_warnings():
            # Broken metadata is dropped with the rest of it; what is too large to open is refused.
            warnings.simplefilter("ignore", UserWarning)
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=READABLE) as opened:
                if opened.width * opened.height > MAX_PIXELS:
                    raise TooMuch(_("That picture has more than 50 million pixels."), hint=_("Choose a smaller one."))
                opened.draft("RGB", (longest_side, longest_side))
                upright = ImageOps.exif_transpose(opened)
                plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Invalid(
            _("That is not a picture this place can read."), hint=_("Choose a JPEG, PNG, WebP or GIF.")
        ) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise Invalid(_("That picture is damaged."), hint=_("Save it again, or choose another.")) from error
    if max(plain.size) <= longest_side and is_plain_webp(data):
        return Picture(data, plain.width, plain.height, _blurred(plain))
    plain.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    plain.save(out, "WEBP", quality=84, method=4)
    return Picture(out.getvalue(), plain.width, plain.height, _blurred(plain))


def is_plain_webp(data: bytes) -> bool:
    """Whether these bytes are one still WebP picture and nothing else: no place, no names, nothing behind its end."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or int.from_bytes(data[4:8], "little") + 8 != len(data):
        return False
    at = 12
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        if data[at : at + 4] not in PLAIN_CHUNKS:
            return False
        at += 8 + size + size % 2
    return at == len(data)


def _blurred(image: Image.Image) -> str:
    """Its colors in a few letters; what can be seen through stands on white."""
    small = image.copy()
    small.thumbnail((BLURRED_SIDE, BLURRED_SIDE))
    if small.mode == "RGBA":
        small = Image.alpha_composite(Image.new("RGBA", small.size, "white"), small)
    return blurhash_encode(small.convert("RGB"))


def print_of(data: bytes) -> str:
    """How a picture looks, in 64 letters: those of one picture are alike at every size and in every format.

    Sixteen hexadecimal digits say where it grows lighter from left to right, on a grid of eight by eight; 48 say
    its colors on a grid of four by four, in steps from 0 to 15 of red, green and blue.

    Raises:
        TooMuch, Invalid: as `prepare_picture` does.
    """
    with Image.open(io.BytesIO(prepare_picture(data, longest_side=PRINTED_SIDE).data)) as opened:
        image = opened.convert("RGBA")
    plain = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    grid = plain.convert("L").resize((GRID + 1, GRID), Image.Resampling.BOX).tobytes()
    rows = (grid[row * (GRID + 1) : (row + 1) * (GRID + 1)] for row in range(GRID))
    bits = "".join(str(int(right > left + NOISE)) for row in rows for left, right in pairwise(row))
    colors = plain.resize((COLORED, COLORED), Image.Resampling.BOX).tobytes()
    return f"{int(bits, 2):016x}" + "".join(f"{value // 16:x}" for value in colors)

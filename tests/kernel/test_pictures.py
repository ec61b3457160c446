"""Pictures: re-encoded without what they tell about their maker."""

import io
import struct
import zlib

import pytest
from blurhash_rs import blurhash_decode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, PngImagePlugin
from PIL.ExifTags import GPS, IFD, Base

from speak.kernel.errors import Invalid, Refusal, TooMuch
from speak.kernel.pictures import MAX_BYTES, Picture, prepare_picture, print_of

ORIENTED_TO_THE_LEFT = 6  # EXIF: the camera was turned; the picture is to be turned clockwise


def encoded(picture: Image.Image, form: str, **more: object) -> bytes:
    """The bytes of a file in this form."""
    out = io.BytesIO()
    picture.save(out, form, **more)
    return out.getvalue()


def decoded(picture: Picture) -> Image.Image:
    """What is kept, as a browser would see it."""
    return Image.open(io.BytesIO(picture.data))


def prepared(data: bytes, *, longest_side: int = 64) -> Picture:
    """Prepared at the size of a stamp."""
    return prepare_picture(data, longest_side=longest_side)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_what_people_have_becomes_a_webp_of_the_same_colors(form: str) -> None:
    kept = prepared(encoded(Image.new("RGB", (40, 20), (200, 30, 30)), form))
    shown = decoded(kept)
    assert (shown.format, shown.size, (kept.width, kept.height)) == ("WEBP", (40, 20), (40, 20))
    red, green, blue = shown.convert("RGB").getpixel((20, 10))  # type: ignore[misc]
    assert (red > 150, green < 90, blue < 90) == (True, True, True)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16", "CMYK"])
def test_whatever_way_colors_are_written_a_picture_can_be_shown(mode: str) -> None:
    form = "JPEG" if mode == "CMYK" else "PNG"
    assert decoded(prepared(encoded(Image.new(mode, (8, 8)), form))).size == (8, 8)


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_its_colors_are_told_in_a_few_letters_and_what_can_be_seen_through_is_white(mode: str) -> None:
    image = Image.new(mode, (40, 20), (200, 30, 30, 0)[: len(mode)])
    kept = prepared(encoded(image, "PNG"))
    red, green, blue = blurhash_decode(kept.blurhash, 4, 3).getpixel((2, 1))  # type: ignore[misc]
    assert abs(red - (200 if mode == "RGB" else 255)) < 12
    assert abs(green - (30 if mode == "RGB" else 255)) < 12
    assert green == blue


def test_a_large_picture_becomes_smaller_and_keeps_its_shape() -> None:
    kept = prepared(encoded(Image.new("RGB", (400, 100)), "JPEG"))
    assert (kept.width, kept.height) == (64, 16)


def test_a_small_picture_stays_small() -> None:
    assert prepared(encoded(Image.new("RGB", (3, 2)), "PNG")).width == 3


def test_place_camera_time_and_names_are_dropped() -> None:
    exif = Image.Exif()
    exif[Base.Make], exif[Base.Artist], exif[Base.DateTime] = "Secret Camera", "Ana Secret", "2026:01:01 10:00:00"
    exif.get_ifd(IFD.GPSInfo).update({GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: (52.0, 31.0, 12.0)})
    sent = encoded(
        Image.new("RGB", (8, 8)), "JPEG", exif=exif, comment=b"Secret comment", icc_profile=b"Secret profile"
    )
    assert b"Secret" in sent
    assert Image.open(io.BytesIO(sent)).getexif().get_ifd(IFD.GPSInfo)
    kept = prepared(sent)
    assert b"Secret" not in kept.data
    assert b"EXIF" not in kept.data
    assert not decoded(kept).getexif()
    assert not {"exif", "xmp", "icc_profile", "comment"} & decoded(kept).info.keys()


def test_words_hidden_in_a_png_are_dropped() -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Ana Secret")
    notes.add_itxt("XML:com.adobe.xmp", "<x>Secret place</x>")
    assert b"Secret" not in prepared(encoded(Image.new("RGB", (8, 8)), "PNG", pnginfo=notes)).data


def test_a_picture_taken_with_a_turned_camera_stands_upright() -> None:
    exif = Image.Exif()
    exif[Base.Orientation] = ORIENTED_TO_THE_LEFT
    kept = prepared(encoded(Image.new("RGB", (40, 20)), "JPEG", exif=exif))
    assert (kept.width, kept.height) == (20, 40)


def test_what_is_transparent_stays_so() -> None:
    for form in ("PNG", "WEBP"):
        shown = decoded(prepared(encoded(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), form)))
        assert shown.mode == "RGBA"
        assert shown.getpixel((4, 4))[3] == 0  # type: ignore[index]


def test_of_what_moves_the_first_picture_is_shown() -> None:
    frames = [Image.new("RGB", (8, 8), color) for color in ("red", "green", "blue")]
    for form in ("GIF", "WEBP"):
        sent = encoded(frames[0], form, save_all=True, append_images=frames[1:], duration=50)
        shown = decoded(prepared(sent))
        assert getattr(shown, "n_frames", 1) == 1
        red, green, _ = shown.convert("RGB").getpixel((4, 4))  # type: ignore[misc]
        assert red > 150 > green


def a_bomb(*, width: int, height: int) -> bytes:
    """A small PNG file that says it is large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("width", "height"), [(10_000, 5_001), (10_000, 10_000), (60_000, 60_000), (2**31 - 1, 2**31 - 1)]
)
def test_a_picture_of_too_many_points_is_refused_before_it_is_unpacked(width: int, height: int) -> None:
    with pytest.raises(Refusal):
        prepared(a_bomb(width=width, height=height))


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    with pytest.raises(TooMuch):
        prepared(b"\xff" * (MAX_BYTES + 1))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
        b"%PDF-1.7",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        encoded(Image.new("RGB", (8, 8)), "BMP"),
        encoded(Image.new("RGB", (8, 8)), "TIFF"),
        encoded(Image.new("RGB", (8, 8)), "ICO"),
    ],
)
def test_what_is_no_picture_for_pages_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid):
        prepared(data)


def drawing() -> Image.Image:
    """Something with edges, turned by its EXIF."""
    made = Image.new("RGBA", (24, 16), (10, 200, 30, 255))
    ImageDraw.Draw(made).ellipse((4, 2, 18, 12), fill=(250, 20, 90, 120))
    return made


def samples() -> list[bytes]:
    """A good file of each form, with EXIF where it can be."""
    exif = Image.Exif()
    exif[Base.Orientation] = ORIENTED_TO_THE_LEFT
    plain = drawing().convert("RGB")
    return [
        encoded(plain, "JPEG", exif=exif),
        encoded(drawing(), "PNG", exif=exif),
        encoded(drawing(), "WEBP", exif=exif),
        encoded(plain, "GIF", save_all=True, append_images=[Image.new("RGB", (24, 16))]),
    ]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.sampled_from(samples()),
    cut=st.floats(0.1, 1),
    changes=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=6),
)
def test_a_damaged_picture_is_shown_or_refused_and_nothing_else(
    data: bytes, cut: float, changes: list[tuple[float, int]]
) -> None:
    damaged = bytearray(data[: int(len(data) * cut)])
    for place, value in changes:
        damaged[int(place * (len(damaged) - 1))] = value
    try:
        kept = prepared(bytes(damaged))
    except Refusal:
        return
    assert max(kept.width, kept.height) <= 64


def drawn(color: str, *, side: int = 200, left: int = 40) -> Image.Image:
    """A round face on a wall."""
    picture = Image.new("RGB", (side, side), "#e0d0b0")
    draw = ImageDraw.Draw(picture)
    draw.ellipse([left * side // 200, side // 5, side * 4 // 5, side * 4 // 5], fill=color)
    return picture


def differences(one: str, other: str) -> tuple[int, int]:
    """Of two prints: the bits of their shapes that differ, and the largest step between their colors."""
    steps = [abs(int(mine, 16) - int(theirs, 16)) for mine, theirs in zip(one[16:], other[16:], strict=True)]
    return (int(one[:16], 16) ^ int(other[:16], 16)).bit_count(), max(steps)


def test_prints_of_one_picture_are_alike_at_every_size_and_in_every_format() -> None:
    large = print_of(encoded(drawn("#803020", side=400), "PNG"))
    small = print_of(encoded(drawn("#803020", side=400).resize((96, 96)), "JPEG"))
    bits, steps = differences(large, small)
    assert (len(large), bits < 6, steps < 2) == (64, True, True)


@pytest.mark.parametrize("other", [drawn("#203080"), drawn("#803020", left=100), Image.new("RGB", (9, 9), "#e0d0b0")])
def test_prints_of_two_pictures_differ(other: Image.Image) -> None:
    bits, steps = differences(print_of(encoded(drawn("#803020"), "PNG")), print_of(encoded(other, "PNG")))
    assert bits > 12 or steps > 3

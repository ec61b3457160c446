"""Portraits drawn by the program: nobody who exists."""

import io

from PIL import Image, ImageDraw

SIDE = 480


def draw_face(wall: str, skin: str, hair: str) -> bytes:
    """A simple face before a wall, as a PNG of 480 by 480 pixels; the colors are those of HTML."""
    picture = Image.new("RGB", (SIDE, SIDE), wall)
    pen = ImageDraw.Draw(picture)
    pen.ellipse((70, 370, 410, 640), fill="#f3ede2")
    pen.rectangle((205, 320, 275, 410), fill=skin)
    pen.ellipse((128, 70, 352, 330), fill=hair)
    pen.ellipse((150, 115, 330, 355), fill=skin)
    pen.pieslice((138, 75, 342, 270), 180, 360, fill=hair)
    for left in (192, 268):
        pen.ellipse((left, 215, left + 18, 233), fill="#2b2420")
    pen.arc((195, 245, 285, 310), 20, 160, fill="#7a3b30", width=6)
    made = io.BytesIO()
    picture.save(made, "PNG")
    return made.getvalue()

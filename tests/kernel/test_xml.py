"""XML of strangers: what many write is read, what hurts is not."""

import io
import time

import pytest

from speak.kernel.times import instant, moment
from speak.kernel.xml import NotXml, elements_in, read_xml

ENTITIES = b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY % c "cc">]><a>&b;</a>'


class Slow(io.BytesIO):
    """A stream that gives its declaration, and then a few bytes at a time."""

    def read(self, size: int | None = -1, /) -> bytes:
        """The next few."""
        del size
        return super().read(7 if self.tell() else 200)


def test_it_is_read_as_a_whole_or_an_element_at_a_time() -> None:
    body = b'<r xmlns="urn:r"><i xml:lang="de">one <b>two</b><br/></i><o><i>three<i>four</i></i></o></r>'
    root = read_xml(body)
    assert (root.namespace, root.name, root.text()) == ("urn:r", "r", "one twothreefour")
    first = root.first("i", "urn:r")
    assert first is not None
    assert (first.html(), first.xml_attribute("lang")) == ("one <b>two</b><br>", "de")
    assert root.all("i", "urn:other") == []
    assert [element.text() for element in elements_in(io.BytesIO(body), "i")] == ["one two", "threefour"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252", "shift_jis"])
def test_any_encoding_is_read_in_pieces_of_any_size(encoding: str) -> None:
    words = ("あ" if encoding == "shift_jis" else "é") * 200
    begin = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>'
    said = f'{begin}<a b="&eacute;&amp;">{words}&hellip;&hellip;&unknown;&hellip;\x01</a>'
    (element,) = elements_in(Slow(said.encode(encoding)), "a")
    for found in (element, read_xml(said.encode(encoding))):
        assert (found.text(), found.attributes) == (f"{words}………", {"b": "é&"})


def test_what_it_is_served_as_counts_before_what_it_says() -> None:
    body = '<?xml version="1.0" encoding="utf-8"?><a>é</a>'.encode("latin-1")
    assert read_xml(body, charset="latin-1").text() == "é"
    assert read_xml(body, charset="no-such").text() == "\N{REPLACEMENT CHARACTER}"
    with pytest.raises(NotXml):
        list(elements_in(io.BytesIO(body), "a"))


@pytest.mark.parametrize(
    "body",
    [b"", b"<a>", b"<a/><b/>", ENTITIES, b"<a>" * 101 + b"</a>" * 101, b"<a>" + b"<b/>" * 200_001],
    ids=["nothing", "open", "two", "declared", "deep", "many"],
)
def test_what_is_none_or_hurts_is_refused(body: bytes) -> None:
    began = time.process_time()
    with pytest.raises(NotXml):
        read_xml(body)
    with pytest.raises(NotXml):
        list(elements_in(io.BytesIO(body), "a"))
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "written",
    [
        "2024-01-02T10:00:00Z",
        "2024-01-02t10:00:00z",
        " 2024-01-02 10:00:00 ",
        "2024-01-02T12:00+02:00",
        "Tue, 02 Jan 2024 10:00:00 GMT",
        "Tue Jan 02 10:00:00 +0000 2024",
    ],
)
def test_times_are_read_as_feeds_and_databases_write_them(written: str) -> None:
    assert str(moment(written)) == "2024-01-02 10:00:00+00:00"
    assert instant(written) == (moment(written) if written.strip().startswith("2024") else None)


@pytest.mark.parametrize("written", ["", "0000-00-00 00:00:00", "0001-01-01T00:00+23:00", "yesterday", "9" * 99])
def test_what_is_no_time_is_none(written: str) -> None:
    assert moment(written) is None

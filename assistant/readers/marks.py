"""How a line begins that opens a provision; shared by the readers that put wrapped lines back together."""

from __future__ import annotations

import re

from assistant.text.numerals import DIGITS

_NUMBER = rf"[{DIGITS}]+"
OPENING = re.compile(
    rf"第{_NUMBER}(?:编|章|节|部分|篇)(?=[\s　]|$|[^，。；、的规至和])"
    rf"|第{_NUMBER}条(?:之{_NUMBER})?(?=[\s　])"
    rf"|[（(]{_NUMBER}[）)]"
    rf"|{_NUMBER}[、．]"
    r"|\d{1,2}\.(?!\d)"
    r"|\d{1,2}[）)]"
    r"|[①-⑳]"
    rf"|附(?:件|表|录)\s*{_NUMBER}?\s*(?:[：:．.]|$)"
)
TERMINATORS = "。；：！？;:!?…"  # a printed line that ends in one of these may end its paragraph
_CLOSING = "”’』」）)】〉》\"'"


def opens_provision(text: str) -> bool:
    """Tell whether a line starts the way a numbered heading or list item does."""
    return OPENING.match(text) is not None


def ends_sentence(text: str) -> bool:
    """Tell whether a line ends with the mark of a finished sentence or of an announced list."""
    return text.rstrip().rstrip(_CLOSING).endswith(tuple(TERMINATORS))


def join(left: str, right: str) -> str:
    """Return two pieces of one paragraph as one: nothing between Chinese characters, a space between words."""
    if not left or not right:
        return left or right
    return f"{left}{' ' if _is_word(left[-1]) and _is_word(right[0]) else ''}{right}"


def _is_word(char: str) -> bool:
    return char < "⺀" and not char.isspace()

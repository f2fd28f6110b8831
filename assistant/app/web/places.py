"""Names of places by their GB/T 2260 code, as a reader would say them."""

from __future__ import annotations

from assistant.app import given
from assistant.app.web.texts import Language
from assistant.errors import QuestionError
from assistant.structure.places import NATION, Place, place

_NATION: dict[Language, str] = {"zh": "全国", "en": "National"}


def place_name(code: str, language: Language) -> str:
    """Return the name of a place; a county is told with what it belongs to, an unknown code as it is."""
    if code == NATION:
        return _NATION[language]
    found = place(code)
    if found is None:
        return code
    if not found.is_county:
        return _name(found, language)
    above = place(f"{code[:4]}00") or place(f"{code[:2]}0000")
    if above is None:
        return found.name
    return f"{above.name}{found.name}" if language == "zh" else f"{found.name}, {_name(above, language)}"


def provinces() -> tuple[str, ...]:
    """Return the codes of the nation and of every province-level unit, the nation first."""
    return (NATION, *(code for n in range(11, 83) if place(code := f"{n}0000")))


def _name(found: Place, language: Language) -> str:
    return found.english[0] if language == "en" and found.english else found.name


def named_place(text: str) -> str | None:
    """Return the code of a place written as `place_name` writes it, or as a code; None for one nobody knows."""
    if text.strip().casefold() in {name.casefold() for name in _NATION.values()}:
        return NATION
    try:
        return given.place(text)
    except QuestionError:
        return None

"""Automatic numbers as a program prints them: Word's number formats and those of HTML lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assistant.text.numerals import chinese

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_FORMAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


def _full_width(number: int) -> str:
    return str(number).translate(_FULL_WIDTH)


def _letter(number: int) -> str:
    # After z comes aa, then bb: the letter is doubled, not carried.
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    out = ""
    for value, sign in _ROMAN:
        out += sign * (number // value)
        number %= value
    return out


def _counted(number: int) -> str:
    # Word's chineseCounting counts to 99 and then writes the digits: 一百零一 is chineseCountingThousand.
    return chinese(number) if number < 100 else _digits(number)


def _formal(number: int) -> str:
    counted = chinese(number)
    return f"{'一' if counted.startswith('十') else ''}{counted}".translate(_FORMAL)


def _digits(number: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))


def _run(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)]


def _from(first: str, last: int) -> Callable[[int], str]:
    return lambda number: chr(ord(first) + number - 1) if number <= last else str(number)


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _from("①", 20),
    "decimalEnclosedCircleChinese": _from("①", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "ideographEnclosedCircle": _from("㊀", 10),
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "chineseCounting": _counted,
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": _counted,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "ideographDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "chineseLegalSimplified": _formal,
    "ideographTraditional": _run(_STEMS),
    "ideographZodiac": _run(_BRANCHES),
}


def label(number: int, form: str) -> str:
    """Return a number in one of Word's number formats; empty for one without signs of its own, such as a bullet."""
    if form not in _FORMATS:
        return ""
    return _FORMATS[form](number) if 0 < number < 10_000 else str(number)

"""Closings: what stands after a body: the signature, the list of attachments before it, and the annexes themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.models import Level
from assistant.structure import markers
from assistant.structure.blocks import BODY, TITLE_END, is_complete
from assistant.structure.patterns import DATE, any_of
from assistant.structure.rows import Row

_DATE_ROW = re.compile(rf"^{DATE}$")
_SIGNED = any_of(
    r"^(?:国[ 　]*务[ 　]*院|中[ 　]*共[ 　]*中[ 　]*央(?:[ 　]+国[ 　]*务[ 　]*院)?)$",
    r"^(?:代?(?:部[ 　]?长|主[ 　]?任|[省市州县区局署行厅]长|总[ 　]?理|主[ 　]?席))[ 　:：]+[一-鿿·][一-鿿· 　]{1,6}$",
    rf"^[^。；，、：:]{{2,60}}(?:{BODY}|公司|学院|大学|[代章])[ 　]*$",
    r"^[（(](?:盖章|公章|印章|代章)[）)]$",
)
_AFTER_DATE = any_of(
    r"^[（(].{1,80}[）)]$",  # （此件公开发布）, （联系单位：…）
    r"^(?:抄送|抄报|主送|分送|公开方式|信息公开|联系[人单电方]|此件|主动公开|依申请公开|公开属性)",
    r"印发[ 　]*$",
)
_ATTACHED = re.compile(r"^附[ 　]?件?[ 　]*(?:[:：]|\d{1,2}[ 　]*[.．、:：])")


def _signature(rows: list[Row], date: int, end: int) -> tuple[int, int] | None:
    """Return the first and the last row of a signature with this date; None where the date is no signature.

    It ends the text, or it ends a covering letter and the title of what the letter sends comes next.
    """
    last = date
    while last + 1 < end and (_AFTER_DATE.search(rows[last + 1].text) or _SIGNED.match(rows[last + 1].text)):
        last += 1
    first = date
    while first > 0 and _SIGNED.match(rows[first - 1].text) and rows[first - 1].marker is None:
        first -= 1
    if last + 1 == end or (first < date and _is_sent_title(rows[last + 1])):
        return first, last
    return None


def _is_sent_title(row: Row) -> bool:
    return row.marker is None and not row.cells and len(row.text) <= 60 and bool(TITLE_END.search(row.text))


def _attachments(rows: list[Row], first: int) -> int:
    """Return where the list of attachments before a signature begins, else `first`."""
    begun = first
    for at in range(first - 1, max(-1, first - 20), -1):
        row = rows[at]
        if _ATTACHED.match(row.text):
            begun = at  # and perhaps not the first: 附件1.…, 附件2.…
        elif not (row.marker and row.marker.shape in (markers.ARABIC, markers.ANNEX)) and is_complete(row.text):
            break
    return begun


def mark(rows: list[Row]) -> list[Row]:
    """Return the rows with signatures and lists of attachments marked, and no annexes but the real ones."""
    done = list(rows)
    annexes = _annexes(rows)
    for i, row in enumerate(rows):
        if i not in annexes and row.marker and row.marker.shape.level is Level.ANNEX:
            done[i] = replace(row, marker=None)
    ends = [*sorted(annexes), len(rows)]
    for i, row in enumerate(rows):
        if not _DATE_ROW.match(row.text):
            continue
        end = next(end for end in ends if end > i)
        if span := _signature(done, i, end):
            for n in range(_attachments(rows, span[0]), span[1] + 1):
                done[n] = replace(done[n], closing=True, marker=None)
            if span[1] + 1 < end:
                done[span[1] + 1] = replace(done[span[1] + 1], heading=1)
    return done


def _annexes(rows: Sequence[Row]) -> set[int]:
    """Return where annexes begin.

    附件1 begins an annex where it stands alone or with a title, text follows, and the same number does not come again;
    in a list of attachments before the signature it begins none.
    """
    marked = [row.marker is not None and row.marker.shape.level is Level.ANNEX for row in rows]
    last_of = {row.marker.numbers: i for i, row in enumerate(rows) if marked[i] and row.marker is not None}
    begun = set()
    for i in last_of.values():
        listed = i + 1 == len(rows) or marked[i + 1]
        signed = not listed and (_SIGNED.match(rows[i + 1].text) or _DATE_ROW.match(rows[i + 1].text))
        if not listed and not signed and len(rows[i].text) <= 80:
            begun.add(i)
    return begun

"""Loose headings: lines without a number that only their neighbours show to be headings."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.structure.blocks import is_complete
from assistant.structure.rows import Row

_QUESTION = re.compile(r"(?:[【\[]?(?:提?问|Q(?:uestion)?[ ]?\d{0,2})[】\]]?[ ]?[:：.．]|.*[？?]$)")
_ANSWER = re.compile(r"[【\[]?(?:回?答|A(?:nswer)?[ ]?\d{0,2})[】\]]?[ ]?[:：.．]")
_LONGEST_QUESTION = 160


def mark_questions(rows: list[Row]) -> list[Row]:
    """Return the rows with those marked as headings that ask what the next row answers: 问：…？ before 答：…."""
    done = list(rows)
    for i in range(len(rows) - 1):
        row, after = rows[i], rows[i + 1]
        plain = row.marker is None and row.cells is None and not row.heading and len(row.text) <= _LONGEST_QUESTION
        if plain and _QUESTION.match(row.text) and after.cells is None and _ANSWER.match(after.text):
            done[i] = replace(row, loose=True)
    return done


def mark_titles(rows: list[Row]) -> list[Row]:
    """Return the rows with unnumbered headings among articles marked: 职业培训体系 alone between two articles.

    Only what is short and no sentence, comes after a complete one and is followed by an article, a table, or no further
    article at all (a rate table at the end of a tax law).
    """
    articles = [i for i, row in enumerate(rows) if row.marker and row.marker.is_article]
    if not articles:
        return rows
    done = list(rows)
    for i in range(articles[0], len(rows)):
        row = rows[i]
        if row.marker or row.cells or row.heading or row.glued or row.closing or row.wrapped or len(row.text) > 30:
            continue
        if re.search(r"[＝=×÷，,。]", row.text) or (is_complete(row.text) and row.text[-1] not in "）)"):
            continue
        before, after = rows[i - 1], rows[i + 1] if i + 1 < len(rows) else None
        ends = before.loose or bool(re.search(r"[。”）)]$", before.text)) or before.cells is not None
        opens = after is not None and (
            i > articles[-1] or after.cells is not None or (after.marker is not None and after.marker.is_article)
        )
        if i > 0 and ends and opens and not row.text.startswith(("（", "(")):
            done[i] = replace(row, loose=True)
    return done

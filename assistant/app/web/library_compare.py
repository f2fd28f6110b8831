"""HTML of two policies side by side, clause beside clause, with the words that differ marked."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from assistant.app.web.comparing import LONGEST, Pair, Span, differences, pairs
from assistant.app.web.library_policy import back
from assistant.app.web.library_table import badges, title_of
from assistant.app.web.library_texts import LibraryTexts
from assistant.app.web.standing import Standing
from assistant.models import Policy, Provision


def comparison(left: Policy, right: Policy, standing: Mapping[str, Standing], t: LibraryTexts) -> str:
    """Return the page that compares two policies."""
    head = "".join(
        f'<th scope="col" role="columnheader"><button type="button" class="open" data-policy="{escape(p.id)}">'
        f"{escape(title_of(p, t))}</button> {badges(p, standing[p.id], t)}</th>"
        for p in (left, right)
    )
    titles = title_of(left, t), title_of(right, t)
    rows = "".join(_row(pair, titles, t) for pair in pairs(left.provisions, right.provisions))
    cut = ""
    if max(len(left.provisions), len(right.provisions)) > LONGEST:
        cut = f'<p class="warn">{escape(t.compare_cut.format(limit=LONGEST))}</p>'
    return (
        f'<article class="policy-page comparing" lang="{t.language}">{back(t)}'
        f'<h2 tabindex="-1">{escape(t.compare)}</h2><p class="small">{escape(t.compare_legend)}</p>{cut}'
        f'<label class="only"><input type="checkbox"> {escape(t.changes_only)}</label>'
        f'<table class="sides" role="table"><thead><tr role="row">{head}</tr></thead><tbody>{rows}</tbody></table></article>'
    )


def _row(pair: Pair, titles: tuple[str, str], t: LibraryTexts) -> str:
    if pair.left and pair.right:
        whole = _whole(pair.left), _whole(pair.right)
        spans = whole if pair.same else differences(pair.left.text, pair.right.text)
        cells = _cell(pair.left, spans[0], "del", titles[0]) + _cell(pair.right, spans[1], "ins", titles[1])
        return f'<tr role="row"{" class=same" if pair.same else ""}>{cells}</tr>'
    absent = '<td role="cell" class="absent" data-label="{}">{}</td>'
    one = (
        _cell(pair.left, _whole(pair.left), "del", titles[0])
        if pair.left
        else absent.format(escape(titles[0]), escape(t.only_here))
    )
    other = (
        _cell(pair.right, _whole(pair.right), "ins", titles[1])
        if pair.right
        else absent.format(escape(titles[1]), escape(t.only_here))
    )
    return f'<tr role="row" class="alone">{one}{other}</tr>'


def _whole(provision: Provision) -> tuple[Span, ...]:
    return (Span(provision.text, False),)


def _cell(provision: Provision, spans: tuple[Span, ...], mark: str, title: str) -> str:
    words = "".join(f"<{mark}>{escape(s.text)}</{mark}>" if s.differs else escape(s.text) for s in spans)
    at = (
        ""
        if provision.text.lstrip().startswith(provision.locator)
        else f'<p class="at">{escape(provision.locator)}</p>'
    )
    return f'<td role="cell" data-label="{escape(title)}">{at}<p class="said">{words}</p></td>'

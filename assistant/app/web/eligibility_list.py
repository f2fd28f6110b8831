"""HTML of what can be checked. Searching happens in the browser, on what each entry says of itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape

from assistant.app.web.eligibility_texts import EligibilityTexts
from assistant.app.web.places import place_name
from assistant.eligibility.evaluate import standing
from assistant.eligibility.model import Scheme, Standing
from assistant.structure.places import NATION, place
from assistant.text.normal import normalise
from assistant.understand.glossary import bundled

_TAX_OFFICE, _TAX_WORD = "税务", "税收优惠"  # what the tax office handles is also looked for as tax relief
_STYLES = {
    Standing.IN_FORCE: "in-force",
    Standing.UNDATED: "force-unknown",
    Standing.NOT_YET: "force-unknown",
    Standing.ENDED: "not-in-force",
    Standing.ELSEWHERE: "not-in-force",
}


def listing(
    schemes: Sequence[Scheme], places: Sequence[str], chosen: str, day: dt.date, t: EligibilityTexts, note: str = ""
) -> str:
    """Return the search, the place, and one entry for each scheme; `note` says what went wrong before."""
    told = f'<div class="box trouble" role="alert"><p>{escape(note)}</p></div>' if note else ""
    head = f"<h2>{escape(t.heading)}</h2><p>{escape(t.intro)}</p>{told}"
    if not schemes:
        return (
            f'<div class="schemes" lang="{t.language}">{head}{_filters(places, chosen, t)}'
            f'<p class="source-empty">{escape(t.empty)}</p></div>'
        )
    entries = "".join(_entry(n, scheme, chosen or None, day, t) for n, scheme in enumerate(schemes))
    count = t.count.format(count=len(schemes), shown=len(schemes))
    return (
        f'<div class="schemes" lang="{t.language}">{head}{_filters(places, chosen, t)}'
        f'<p class="count" role="status" data-count="{escape(t.count)}">{escape(count)}</p>'
        f'<ul class="scheme-list">{entries}</ul><p class="source-empty none-found" hidden>{escape(t.none_found)}</p></div>'
    )


def badge(stands: Standing, t: EligibilityTexts) -> str:
    """Return whether a scheme can be used, as a badge."""
    return f'<span class="badge {_STYLES[stands]}">{escape(t.standings[stands])}</span>'


def place_options(places: Iterable[str], chosen: str, nothing: str, t: EligibilityTexts) -> str:
    """Return the places to choose from, cities set in below their province, `nothing` for none of them."""
    listed = [code for code in dict.fromkeys((*places, chosen)) if code and code != NATION]
    options = "".join(
        f'<option value="{escape(code)}"{" selected" if code == chosen else ""}>'
        f"{'' if code.endswith('0000') else '　'}{escape(place_name(code, t.language))}</option>"
        for code in sorted(listed)
        if place(code)
    )
    return f'<option value=""{"" if chosen else " selected"}>{escape(nothing)}</option>{options}'


def _filters(places: Sequence[str], chosen: str, t: EligibilityTexts) -> str:
    return (
        f'<div class="scheme-filters"><label><span>{escape(t.search)}</span>'
        f'<input type="search" placeholder="{escape(t.search_hint)}"></label>'
        f'<label><span>{escape(t.place)}</span><select class="where">'
        f"{place_options(places, chosen, t.any_place, t)}</select></label></div>"
    )


def _entry(number: int, scheme: Scheme, at: str | None, day: dt.date, t: EligibilityTexts) -> str:
    title = scheme.title.in_language(t.language)
    where = place_name(scheme.place, t.language)
    return (
        f'<li class="scheme" data-n="{number}" data-about="{escape(_about(scheme))}"'
        f' data-words="{escape(_words(scheme, where))}">'
        f'<div class="scheme-head"><h3>{escape(title)}</h3>'
        f'<p class="badges"><span class="badge">{escape(where)}</span>'
        f'<span class="badge">{escape(t.purposes[scheme.purpose])}</span>{badge(standing(scheme, at, day), t)}</p></div>'
        f"<p>{escape(scheme.summary.in_language(t.language))}</p>"
        f'<button type="button" class="open" data-scheme="{escape(scheme.id)}" aria-label="{escape(f"{t.open} {title}")}">'
        f'{escape(t.open)}<span aria-hidden="true"> →</span></button></li>'
    )


def _about(scheme: Scheme) -> str:
    """What a scheme is, in both languages."""
    return normalise(" ".join((scheme.title.zh, scheme.summary.zh, scheme.title.en, scheme.summary.en)))


def _words(scheme: Scheme, where: str) -> str:
    """Everything a scheme may be found by: its own words in both languages, and what people say instead of them."""
    phrases = (scheme.title, scheme.summary, scheme.authority, *(b.label for b in scheme.benefits))
    own = [words for phrase in phrases for words in (phrase.zh, phrase.en)]
    for fact in scheme.facts.values():
        own += [fact.label.zh, fact.label.en, *fact.words_zh, *fact.words_en]
    tax = _TAX_WORD if _TAX_OFFICE in scheme.authority.zh else ""
    lay = _lay(f"{scheme.title.zh} {scheme.summary.zh} {tax}")
    return normalise(" ".join(dict.fromkeys((where, *own, *lay))))


@lru_cache(maxsize=256)
def _lay(text: str) -> tuple[str, ...]:
    """What people say, in both languages, instead of the terms in a text."""
    return tuple(word for match in bundled().find(normalise(text)) for word in (*match.zh, *match.en))

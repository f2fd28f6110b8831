"""HTML of the page where documents are added: where to drop them, what was found of each, and what to do with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from html import escape

from assistant.app.reading_words import note_in
from assistant.app.uploads import SUFFIXES, Upload
from assistant.app.web.documents_texts import DocumentsTexts
from assistant.app.web.documents_upload import AT_ONCE, HEADER, PATH
from assistant.app.web.places import place_name
from assistant.app.web.texts import texts
from assistant.index import Reach
from assistant.models import Policy, Tier
from assistant.structure.evidence import STATED

DATES = ("issued", "effective")
SEVERAL = "、"
_BADGES = {Reach.WAITING: "care", Reach.OWNER: "neutral", Reach.EVERYBODY: "good"}
_LONGEST_QUOTE = 60


def drop_zone(t: DocumentsTexts, megabytes: int, private: bool) -> str:
    """Return where files are dropped or picked, and the place for what becomes of each."""
    about = t.for_you if private else t.for_all
    words = {
        "too-many": t.too_many,
        "nothing": t.nothing.format(kinds=" ".join(sorted(SUFFIXES))),
        "sending": t.sending,
        "reading": t.reading,
        "broken": t.broken,
    }
    data = "".join(f' data-{name}="{escape(text)}"' for name, text in words.items())
    return (
        f'<section class="documents" lang="{t.language}" data-path="{PATH}" data-header="{HEADER}"'
        f' data-most="{AT_ONCE}" data-suffixes="{" ".join(sorted(SUFFIXES))}"{data}>'
        f"<h2>{escape(t.heading)}</h2><p>{escape(about)}</p>"
        f'<div class="drop"><p>{escape(t.drop)}</p><div class="picks">'
        f'<button type="button" class="pick files">{escape(t.choose_files)}</button>'
        f'<button type="button" class="pick folder">{escape(t.choose_folder)}</button></div>'
        f'<p class="small">{escape(t.limits.format(mb=megabytes, count=AT_ONCE))}</p>'
        f'<input type="file" class="files" multiple hidden accept="{",".join(sorted(SUFFIXES))}">'
        f'<input type="file" class="folder" webkitdirectory hidden></div>'
        f'<p class="hint" role="alert" hidden></p><ul class="sent" aria-live="polite"></ul></section>'
    )


def refused(t: DocumentsTexts) -> str:
    """Return why somebody cannot add documents, and what to do."""
    return (
        f'<section class="documents" lang="{t.language}"><h2>{escape(t.heading)}</h2>'
        f'<div class="box" role="note"><p>{escape(t.not_allowed)}</p></div></section>'
    )


def listing(
    uploads: Sequence[Upload], t: DocumentsTexts, may_publish: bool, message: str = "", bad: bool = False
) -> str:
    """Return the documents that somebody added; what is to be confirmed with its form, what failed with `message`."""
    said = f'<p class="said{" bad" if bad else ""}" role="{"alert" if bad else "status"}">{escape(message)}</p>'
    items = "".join(_item(upload, t, may_publish) for upload in uploads)
    listed = f'<ul class="own">{items}</ul>' if items else f'<p class="small">{escape(t.none)}</p>'
    return (
        f'<section class="documents" lang="{t.language}"><h2>{escape(t.own)}</h2>'
        f"{said if message else ''}{listed}</section>"
    )


def shown_value(policy: Policy, field: str, t: DocumentsTexts) -> str:
    """Return a fact about a policy as it stands in its form."""
    value = getattr(policy.metadata, field)
    if value is None:
        return ""
    if field == "jurisdiction":
        return place_name(value, t.language)
    if isinstance(value, tuple):
        return SEVERAL.join(value)
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _item(upload: Upload, t: DocumentsTexts, may_publish: bool) -> str:
    policy, waits = upload.policy, upload.reach is Reach.WAITING
    title = policy.metadata.title or upload.name
    badge = f'<span class="badge {_BADGES[upload.reach]}">{escape(t.reaches[upload.reach])}</span>'
    about = f"{upload.name} · {t.clauses.format(count=upload.entry.provisions)}"
    lost = "".join(_note(finding, t) for finding in policy.findings)
    notes = f'<details class="lost"><summary>{escape(t.lost)}</summary><ul>{lost}</ul></details>' if lost else ""
    form = _form(upload, t)
    if not waits:
        form = f'<details class="correct"><summary>{escape(t.correct)}</summary>{form}</details>'
    why = f'<p class="small">{escape(t.to_confirm_why)}</p>' if waits else ""
    return (
        f'<li class="upload{" waits" if waits else ""}" data-source="{escape(upload.source)}">'
        f'<div class="upload-head"><h3>{escape(title)}</h3>{badge}</div><p class="small file">{escape(about)}</p>'
        f"{why}{form}{notes}{_buttons(upload, t, may_publish)}</li>"
    )


def _note(finding: str, t: DocumentsTexts) -> str:
    told = note_in(t.language, finding)
    foreign = ' lang="en"' if t.language != "en" and told == finding else ""
    return f"<li{foreign}>{escape(told)}</li>"


def _buttons(upload: Upload, t: DocumentsTexts, may_publish: bool) -> str:
    buttons = [("again", t.again, "")]
    if may_publish and upload.reach is not Reach.WAITING:
        public = upload.reach is Reach.EVERYBODY
        buttons.append(("withdraw", t.withdraw, "") if public else ("publish", t.publish, ""))
    buttons.append(("remove", t.remove, f' data-sure="{escape(t.remove_sure)}"'))
    made = "".join(
        f'<button type="button" class="do" data-do="{name}"{more}>{escape(label)}</button>'
        for name, label, more in buttons
    )
    return f'<div class="upload-buttons">{made}</div>'


def _form(upload: Upload, t: DocumentsTexts) -> str:
    said = {e.field: (e.quote, e.address) for e in upload.policy.evidence}
    fields = "".join(_field(upload.policy, name, label, said, t) for name, label in t.fields.items())
    label = t.confirm if upload.reach is Reach.WAITING else t.save
    return f'<form class="facts-form" novalidate>{fields}<button type="submit">{escape(label)}</button></form>'


def _field(policy: Policy, name: str, label: str, said: Mapping[str, tuple[str, str]], t: DocumentsTexts) -> str:
    value = shown_value(policy, name, t)
    quote, address = said.get(name, ("", ""))
    known = quote[:_LONGEST_QUOTE] + ("…" if len(quote) > _LONGEST_QUOTE else "")
    source = "" if value else t.not_found
    if value and quote:
        found = t.by_file if quote == STATED else t.found_in.format(quote=known)
        source = found if address else t.by_hand
    if name == "tier":
        options = "".join(
            f'<option value="{tier}"{" selected" if tier == value else ""}>{escape(texts(t.language).tiers[tier])}</option>'
            for tier in Tier
        )
        field = f'<select name="{name}"><option value=""></option>{options}</select>'
    else:
        hints = {"jurisdiction": t.place_hint, **dict.fromkeys(DATES, t.day_hint)}
        hint = f' placeholder="{escape(hints[name])}"' if name in hints else ""
        field = f'<input name="{name}" value="{escape(value)}" maxlength="300" autocomplete="off"{hint}>'
    return f"<label><span>{escape(label)}</span>{field}<small>{escape(source)}</small></label>"

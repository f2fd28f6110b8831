"""What is kept of an answer, for whoever follows a link to it: never what was asked, unless that is kept."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

import gradio as gr

from assistant.app.web import sources
from assistant.app.web.answering import Assistant, policy_of
from assistant.app.web.clauses import Clause, clause
from assistant.app.web.places import place_name
from assistant.app.web.reader import seen
from assistant.app.web.standing import standings
from assistant.app.web.talk_texts import talk_texts
from assistant.app.web.texts import Texts, texts
from assistant.errors import AssistantError
from assistant.models import Citation, Policy, Provision, Status

logger = logging.getLogger(__name__)

PARAMETER = "answer"  # of the page's address: /?answer=ID
_FORGET = "() => history.replaceState(null, '', location.pathname)"


class RecordView:
    """The record that the address of the page names; nothing where it names none."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._shown = gr.HTML("", elem_id="record", apply_default_css=False)

    def connect(self, language: gr.Radio, new: gr.Button) -> None:
        """Show the record when the page opens and when its language changes; a new conversation leaves it."""
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "queue": False}
        gr.on(None, self._show, [language], [self._shown], **quiet)
        new.click(lambda: "", None, [self._shown], **quiet).then(None, js=_FORGET)

    def _show(self, language: str, request: gr.Request) -> str:
        id_ = request.query_params.get(PARAMETER, "")
        return told(id_, seen(self._assistant, request), texts(language)) if id_ else ""


def told(id_: str, assistant: Assistant, t: Texts) -> str:
    """Return what is kept of an answer, with its clauses as they are held now; a way on where nothing is."""
    try:
        record = assistant.answer_record(id_)
        clauses = tuple(_clauses(record, assistant))
    except AssistantError:
        return _unknown(id_, t)
    except Exception:  # a record that an older version wrote differently
        logger.exception("A record could not be shown")
        return _unknown(id_, t)
    say = talk_texts(t.language)
    facts = "".join(f"<div><dt>{escape(k)}</dt><dd>{escape(v)}</dd></div>" for k, v in _facts(record, t))
    gone = len(record["citations"]) - len(clauses)
    missing = f'<p class="small">{escape(say.record_gone.format(count=gone))}</p>' if gone else ""
    none = "" if record["citations"] else f'<p class="source-empty">{escape(t.sources_none)}</p>'
    return (
        f'<section class="record" lang="{t.language}"><h2>{escape(say.record)}</h2>'
        f'<p class="small">{escape(say.record_about)}</p><dl class="facts">{facts}</dl>'
        f'<div class="sources"><h3>{escape(t.sources)}</h3>{sources.cards(0, clauses, t)}{missing}{none}</div></section>'
    )


def _unknown(id_: str, t: Texts) -> str:
    say = talk_texts(t.language)
    return (
        f'<section class="record" lang="{t.language}"><div class="box" role="alert"><h4>{escape(say.record_unknown)}</h4>'
        f"<p>{escape(say.record_unknown_why.format(id=id_[:40]))}</p></div></section>"
    )


def _facts(record: Mapping[str, Any], t: Texts) -> Iterator[tuple[str, str]]:
    say = talk_texts(t.language)
    draft = record.get("draft")
    place = record.get("jurisdiction")
    yield say.record_id, str(record["id"])
    if record.get("question"):
        yield t.you, str(record["question"])
    yield say.record_made, dt.datetime.fromisoformat(record["made"]).astimezone().strftime("%Y-%m-%d %H:%M")
    yield say.record_day, str(record["as_of"])
    yield say.record_place, place_name(place, t.language) if place else t.place_any
    yield say.record_status, t.headings[Status(record["status"])] or say.record_answered
    yield say.record_worded, str(draft["model"]) if draft else say.record_quoted
    if record.get("embedding"):
        yield say.record_search, str(record["embedding"]).partition("/")[0]  # its build is for whoever asks the API


def _clauses(record: Mapping[str, Any], assistant: Assistant) -> Iterator[Clause]:
    """The cited clauses that this reader can still see, from the policies as they are held now."""
    day = dt.date.fromisoformat(record["as_of"])
    standing = standings(assistant.policies(), day)
    for entry in record["citations"]:
        policy = policy_of(assistant, entry["address"].partition("/")[0])
        cited = next((p for p in policy.provisions if p.address == entry["address"]), None) if policy else None
        if policy and cited:
            yield clause(_citation(int(entry["n"]), policy, cited), policy, standing.get(policy.id), day)


def _citation(n: int, policy: Policy, cited: Provision) -> Citation:
    """A citation of a clause as a whole: which words of it were quoted is not kept."""
    about = policy.metadata
    return Citation(
        n=n,
        source=policy.source,
        policy_id=policy.id,
        title=about.title or policy.source,
        doc_number=about.doc_number,
        tier=about.tier,
        jurisdiction=about.jurisdiction,
        address=cited.address,
        locator=cited.locator,
        quote="",
        wording=policy.wording,
        page=cited.page,
        url=about.url,
        in_force=None,
        boxes=cited.boxes,
    )

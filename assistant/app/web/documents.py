"""The page where documents are added: private to whoever adds them, and used once they are confirmed."""

from __future__ import annotations

import json
import logging
from importlib.resources import files
from typing import Any

import gradio as gr

from assistant.app.reading_words import reason_in
from assistant.app.uploads import NoSuchUpload, Upload, Uploads
from assistant.app.web import documents_html as html
from assistant.app.web import library_table
from assistant.app.web.answering import Assistant
from assistant.app.web.documents_texts import DocumentsTexts, documents_texts
from assistant.app.web.documents_upload import may_add
from assistant.app.web.places import named_place
from assistant.app.web.reader import Role, reader, seen
from assistant.errors import InstallationBusy, ReadError
from assistant.pipeline.report import Change
from assistant.structure import dates

logger = logging.getLogger(__name__)

_UNKNOWN = "unknown"  # what says that a fact is not known, whatever the text says


class DocumentsPage:
    """The components of the page; who acts is looked at every time."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        folder, t = files("assistant.app.web"), documents_texts("zh")
        loading = library_table.loading(t.loading)
        with gr.Tab(t.tab, id="documents", elem_id="documents-page") as self.tab:
            self._add = gr.HTML(
                loading,
                elem_id="documents-add",
                apply_default_css=False,
                js_on_load=(folder / "documents_add.js").read_text("utf-8"),
            )
            self._own = gr.HTML(
                "",
                elem_id="documents-own",
                apply_default_css=False,
                js_on_load=(folder / "documents_own.js").read_text("utf-8"),
            )

    def connect(self, language: gr.Radio) -> None:
        """Bind the events; `language` is the switch in the frame of the page."""
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "queue": False}
        self.tab.select(self._open, [language], [self._add, self._own], **quiet)
        self._add.taken(self._list, [language], [self._own], **quiet)
        self._own.confirm(self._confirm, [language], [self._own], **quiet)
        self._own.act(self._act, [language], [self._own], **quiet)
        language.change(self._relabel, [language], [self.tab, self._add, self._own], **quiet)

    def _relabel(self, language: str, request: gr.Request) -> tuple[Any, str, str]:
        return gr.Tab(label=documents_texts(language).tab), *self._open(language, request)

    def _open(self, language: str, request: gr.Request) -> tuple[str, str]:
        t = documents_texts(language)
        if not may_add(reader(request).role):
            return html.refused(t), ""
        uploads = seen(self._assistant, request).uploads
        zone = html.drop_zone(t, uploads.limit // 1_000_000, private=bool(reader(request).name))
        return zone, self._list(language, request)

    def _list(self, language: str, request: gr.Request, message: str = "", bad: bool = False) -> str:
        t = documents_texts(language)
        if not may_add(reader(request).role):
            return ""
        try:
            return html.listing(seen(self._assistant, request).uploads.all(), t, _may_publish(request), message, bad)
        except Exception:
            logger.exception("The documents somebody added could not be shown")
            return library_table.trouble(t.failed)

    def _confirm(self, language: str, event: gr.EventData, request: gr.Request) -> str:
        """Take what was corrected, and let the document be found."""
        t = documents_texts(language)

        def confirm(uploads: Uploads, upload: Upload) -> str:
            uploads.confirm(upload.source, _corrected(upload, str(event.facts), t))
            return t.confirmed

        return self._done(str(event.source), confirm, language, request)

    def _act(self, language: str, event: gr.EventData, request: gr.Request) -> str:
        t, what = documents_texts(language), str(event.what)

        def act(uploads: Uploads, upload: Upload) -> str:
            if what == "remove":
                uploads.remove(upload.source)
                return t.removed
            if what == "again":
                outcome = uploads.read_again(upload.source)
                if outcome.status is Change.FAILED:
                    raise _Unfit(reason_in(t.language, outcome.reason))
                return t.unchanged if outcome.status is Change.UNCHANGED else t.read_again
            if what in ("publish", "withdraw") and _may_publish(request):
                uploads.publish(upload.source, for_everybody=what == "publish")
                return t.published if what == "publish" else t.withdrawn
            raise _Unfit(t.failed)

        return self._done(str(event.source), act, language, request)

    def _done(self, source: str, what: Any, language: str, request: gr.Request) -> str:
        """Do something with a document of this reader, and return the list with what came of it."""
        t = documents_texts(language)
        if not may_add(reader(request).role):
            return ""
        try:
            uploads = seen(self._assistant, request).uploads
            upload = uploads.get(source)
            return self._list(language, request, what(uploads, upload).format(name=upload.name))
        except _Unfit as error:
            message = str(error)
        except InstallationBusy:
            message = t.busy
        except ReadError as error:
            logger.debug("A fact was not understood: %s", error)
            field = next((label for name, label in t.fields.items() if f": {name} " in str(error)), t.heading)
            message = t.bad_fact.format(field=field)
        except NoSuchUpload:
            message = t.gone
        except Exception:
            logger.exception("A document could not be changed")
            message = t.failed
        return self._list(language, request, message, bad=True)


class _Unfit(Exception):
    """Why something cannot be done, in the reader's language."""


def _may_publish(request: gr.Request) -> bool:
    """Whether whoever acts has a name to take a document back to, and the right to publish."""
    who = reader(request)
    return bool(who.name) and who.role is Role.ADMINISTRATOR


def _corrected(upload: Upload, sent: str, t: DocumentsTexts) -> dict[str, str]:
    """The facts that were changed in a form; one that was emptied is said to be unknown."""
    try:
        given = json.loads(sent)
    except ValueError:
        raise _Unfit(t.failed) from None
    changed = {}
    for name, label in t.fields.items():
        value = " ".join(str(given.get(name, "")).split())
        if value == html.shown_value(upload.policy, name, t):
            continue
        if name == "jurisdiction" and value:
            code = named_place(value)
            if code is None:
                raise _Unfit(t.bad_fact.format(field=label))
            value = code
        if name in html.DATES and value:
            day = dates.read(value)
            if day is None:
                raise _Unfit(t.bad_day.format(field=label))
            value = day.isoformat()
        changed[name] = value or _UNKNOWN
    return changed

"""The Python API: one object per installation, opened once and asked often."""

from __future__ import annotations

import copy
import datetime as dt
import logging
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from assistant import config, pipeline, validity
from assistant.app import checking, given
from assistant.chat import Chat, chat
from assistant.drafting import Verified
from assistant.eligibility.model import Fact, Scheme, Verdict
from assistant.errors import AssistantError
from assistant.index import Entry, Finding, Index, Reach
from assistant.models import Answer, Policy
from assistant.pipeline.report import Progress, Report
from assistant.records import Record, Records
from assistant.retrieve import Hit

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

    from assistant.app.insight import Insight
    from assistant.app.uploads import Uploads
    from assistant.fetching import Downloader
    from assistant.pipeline.fetch import FetchReport
    from assistant.pipeline.fetch import Progress as FetchProgress
    from assistant.pipeline.paper import Papers
    from assistant.readers.page_image import PageImage

logger = logging.getLogger(__name__)

_BREATH = 0.02  # seconds between two steps of what is done in the background: questions go first


class Assistant:
    """An installation, ready to take documents in and to answer from them.

    It knows what is for everybody; `seen_by` adds what one person holds.
    """

    def __init__(self, index: Index, settings: config.Settings) -> None:
        self._whole, self._settings = index, settings
        self._index = index.seen_by(None)
        self._name: str | None = None
        self._first = self  # of all who see the installation: has what is set up once
        self._records = Records(index.home, settings.records)
        self._setting_up = threading.Lock()
        self._chat: Chat | None = None
        self._papers: Papers | None = None

    @classmethod
    def open(
        cls, home: Path | str | None = None, settings: config.Settings | None = None, *, recover: bool = True
    ) -> Self:
        """Open the installation in `home` (default: ASSISTANT_HOME, else the user's data folder), made when absent.

        What a killed process left undone is finished first, unless `recover` is off: to look at it as it is.
        """
        folder = Path(home).expanduser() if home else config.default_home()
        settings = settings or config.load(folder)

        def embedder() -> Embeddings:  # made when it is first needed, which to list or to remove it is not
            from assistant import providers

            return providers.embedder(settings.embedding.model, settings.embedding.threads)

        return cls(Index.open(folder, embedder, settings, recover=recover), settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files; the installation stays as it is."""
        if self._first._papers:
            self._first._papers.close()
        self._whole.close()

    def seen_by(self, name: str | None) -> Self:
        """Return the same as one person sees it: with that person's own documents, and nobody else's.

        Through it documents are taken in for that person alone, and only that person's can be removed. None is nobody
        in particular, who sees what is for everybody, and takes in and removes just that.
        """
        view = copy.copy(self)
        view._index, view._name = self._whole.seen_by(name), name
        return view

    @property
    def is_new(self) -> bool:
        """Whether nothing was ever taken in, so that a question can only mean the starter corpus."""
        return self._index.is_new

    def init(self, *, progress: Progress | None = None) -> Report | None:
        """Load the starter corpus into an installation that holds nothing; None when it already holds documents."""
        if self._whole.entries():
            return None
        return pipeline.load_corpus(config.bundled("corpus"), self._whole, self._settings, progress=progress)

    def ingest(
        self,
        paths: Iterable[Path | str] | Path | str,
        *,
        jobs: int | None = None,
        facts: Mapping[str, str] | None = None,
        progress: Progress | None = None,
        wait: bool = False,
    ) -> Report:
        """Take files, folders and collections in; one outcome per file, and what failed does not stop the rest.

        Up to `jobs` files are read at once, each in a process of its own (default: the setting, else as many as cores,
        at most 4). `facts` (title, issued, …, as text) are for exactly one file and go before what its text says; they
        are remembered, until "" takes one back. A file beside it (`办法.pdf.yaml`) may hold them as well.
        What is to `wait` answers nobody until it is confirmed (`let`); that needs to be said when a file is new.
        """
        several = [Path(path) for path in ([paths] if isinstance(paths, Path | str) else paths)]
        return pipeline.ingest(
            several,
            self._whole,
            self._settings,
            jobs=jobs,
            facts=facts,
            progress=progress,
            owner=self._name,
            wait=wait,
        )

    def fetch(
        self,
        ids: Iterable[str] | str = (),
        *,
        again: bool = False,
        downloader: Downloader | None = None,
        progress: FetchProgress | None = None,
    ) -> FetchReport:
        """Fetch official texts of policies of the starter corpus, by default of all that have an allowed address.

        They are quoted in place of the digests from then on. What failed does not stop the rest. Needs a network.
        """
        from assistant.pipeline.fetch import fetch  # and with it what speaks to the network

        several = (ids,) if isinstance(ids, str) else tuple(ids)
        corpus = config.bundled("corpus")
        return fetch(
            several, corpus, self._whole, self._settings, again=again, downloader=downloader, progress=progress
        )

    def remove(self, sources: Iterable[str] | str) -> list[str]:
        """Remove documents by source; return those that were there. They stop answering at once."""
        several = [sources] if isinstance(sources, str) else sources
        removed = [source for source in several if self._index.remove(source)]
        try:
            self._whole.forget_removed()
        except AssistantError as error:  # they are gone all the same; `doctor` tells what is left over
            logger.debug("vectors of what was removed are still kept: %s", error)
        return removed

    def own(self) -> list[tuple[Policy, Entry]]:
        """Return the documents that this person has put here, without their provisions, and where each comes from.

        For nobody in particular these are all that belong to nobody else.
        """
        known = {policy.id: policy for policy in self._whole.policies()}
        return [(known[entry.policy_id], entry) for entry in self._index.own() if entry.policy_id in known]

    @property
    def uploads(self) -> Uploads:
        """What this person added through the page."""
        from assistant.app.uploads import FOLDER, Uploads
        from assistant.index.seen import space

        folder = self._whole.home / FOLDER / (space(self._name) or "shared")
        confirmed = Reach.OWNER if self._name else Reach.EVERYBODY
        return Uploads(self, folder.absolute(), self._settings.web, confirmed)

    def let(self, source: str, reach: Reach) -> None:
        """Let a document of one's own be found by oneself, by everybody, or for now by nobody.

        Raises AssistantError for one that is not there, or is another's.
        """
        if not self._index.let(source, reach):
            raise AssistantError(f"There is no document '{source}' of yours here.")

    def policies(self) -> tuple[Policy, ...]:
        """Return every document, without its provisions."""
        return self._index.policies()

    def policy(self, id_or_source: str) -> Policy:
        """Return one document with its provisions in order; raises AssistantError when it is not held."""
        policy = self._index.policy(id_or_source)
        if policy is None:
            raise AssistantError(f"There is no document '{id_or_source}' here. `assistant list` shows what there is.")
        return policy

    def original(self, policy_id: str) -> Policy | None:
        """Return the official text that is quoted in place of a digest, without its provisions; None without one."""
        policies = {policy.id: policy for policy in self._index.policies()}
        return policies.get(validity.originals(policies.values()).get(policy_id, ""))

    def page_image(self, policy_id: str, address: str, page: int, words: str = "") -> PageImage:
        """Return the page of a PDF that a clause is printed on, as a PNG, with words of the clause marked on it.

        Raises AssistantError where the clause has no such page, the policy was not read from a PDF file, or the file
        was moved or changed since.
        """
        from assistant.pipeline.paper import Papers  # and with it what draws

        with self._setting_up:
            papers = self._first._papers = self._first._papers or Papers(self._whole, self._settings)
        return papers.page(self.policy(policy_id), address, page, words)

    @contextmanager
    def warming(self) -> Iterator[None]:
        """While this lasts, make in the background what the first questions would have to wait for: token vectors."""
        self._writer()  # a model that cannot be set up is told now, and not to whoever asks first
        ended = threading.Event()
        worker = threading.Thread(target=self._warm, args=(ended,), name="warming", daemon=True)
        worker.start()
        try:
            yield
        finally:
            ended.set()
            worker.join()

    def _warm(self, ended: threading.Event) -> None:
        try:
            for _ in self._whole.make_token_vectors():
                if ended.wait(_BREATH):
                    return
        except AssistantError as error:  # whoever asks is told; until then nobody misses anything
            logger.debug("token vectors could not be made beforehand: %s", error)

    def search(self, text: str, k: int = 10) -> list[Hit]:
        """Return the k best clauses for a text, best first."""
        return pipeline.search(text, self._index, self._settings, k=k)

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        as_of: dt.date | str | None = None,
        jurisdiction: str | None = None,
        cited: Sequence[str] = (),
        without: Iterable[str] | str = (),
    ) -> Answer:
        """Answer from the policies held, or say that they do not answer.

        `history` holds the earlier questions of the conversation, `as_of` the day asked for (default today) and
        `jurisdiction` the GB/T 2260 code or the name of the place (default: the one the question names, else none).
        `cited` are the ids of the policies that the answer before this question rests on: 那材料呢？ means them.
        `without` leaves out what was understood of the question: any of place, day, document and kind.
        Raises QuestionError for a question that is empty or too long, and for a day or place that is none.
        """
        *_, answer = self.ask_stream(
            question, history=history, as_of=as_of, jurisdiction=jurisdiction, cited=cited, without=without
        )
        assert isinstance(answer, Answer)  # noqa: S101  # the last of what is yielded
        return answer

    def ask_stream(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        as_of: dt.date | str | None = None,
        jurisdiction: str | None = None,
        cited: Sequence[str] = (),
        without: Iterable[str] | str = (),
    ) -> Iterator[Verified | Answer]:
        """Yield the sentences of an answer as they are verified, then the whole answer; it may hold more than them.

        Without a language model there is only the answer.
        """
        turns = [history] if isinstance(history, str) else history
        replying = pipeline.reply(
            question,
            self._index,
            self._settings,
            self._writer(),
            history=turns,
            as_of=given.day(as_of),
            jurisdiction=given.place(jurisdiction),
            cited=cited,
            without=given.left_out(without),
        )
        reply = yield from replying
        record = reply.record(self._index.generation, self._index.model, turns)
        if not reply.rests_on <= {policy.id for policy in self._whole.seen_by(None).policies()}:
            record["owner"] = self._name
        id_ = self._records.keep(record)
        yield replace(reply.answer, record=id_)

    def answer_record(self, record: str) -> Record:
        """Return what is kept of an answer by `Answer.record`: from which clauses it was made, by which models, and how.

        Raises AssistantError for one that is not kept, or not any more, and for one that rests on what only others see.
        """
        found = self._records.get(record, self._name)
        cited = {citation["address"].partition("/")[0] for citation in found["citations"]}
        if any(self._whole.policy(id_) for id_ in cited if id_ not in {policy.id for policy in self.policies()}):
            raise self._records.unknown(record)
        return found

    def rate(self, record: str, good: bool, reason: str | None = None) -> None:
        """Keep whether an answer was of use, by `Answer.record`; a later rating takes the place of an earlier one.

        `reason` is one of `assistant.records.Complaint`, or the reader's own words, which are kept only where the
        settings keep words. Raises AssistantError for an answer whose record is not kept, or not any more.
        """
        self.answer_record(record)
        self._records.rate(record, good, reason)

    def insight(self) -> Insight:
        """Return what is asked and not answered, what is held and soon ends, and how taking in went; about nobody."""
        from assistant.app.insight import Health, insight
        from assistant.app.insight.health import RUNS

        index = self._index
        held = [policy for listed in index.policies() if (policy := index.policy(listed.id))]
        health = Health(tuple(index.runs(RUNS)), tuple(index.failures()), index.pending(), tuple(index.doctor()))
        return insight(self._records.all(), held, health, dt.date.today(), self._settings.records.keep_days)

    @property
    def words_answers(self) -> bool:
        """Whether a language model words the answers, by the settings."""
        return self._settings.chat.model is not None

    @property
    def keeps_words(self) -> bool:
        """Whether what people ask, and the reasons they give with a rating, are kept with the record of an answer."""
        return self._settings.records.words

    def _writer(self) -> Chat | None:
        """The language model, set up once by whoever asks first: it may be busy for several at a time, and counts them."""
        if self._settings.chat.model is None:
            return None
        with self._setting_up:
            self._first._chat = self._first._chat or chat(self._settings.chat)
        return self._first._chat

    def schemes(self, place: str | None = None, as_of: dt.date | str | None = None) -> tuple[Scheme, ...]:
        """Return what a company can be checked against; with a place by code or name, what holds there on a day."""
        return checking.schemes(place, as_of)

    def check(
        self,
        scheme: str,
        facts: Mapping[str, object] | Iterable[Fact] = (),
        *,
        place: str | None = None,
        as_of: dt.date | str | None = None,
    ) -> Verdict:
        """Return where a company stands with a scheme: per condition with its clause, amounts, and what to ask next.

        `facts` are as `{"interns_3y": 60, "surcharge_due": {2024: "10万元"}}`, `place` is where it is registered.
        Raises SchemeNotFound and FactError, which say what there is.
        """
        return checking.check(scheme, facts, place=place, as_of=as_of)

    def write_report(self, verdict: Verdict, path: Path | str, *, language: str = "zh") -> None:
        """Write a verdict as a report: .docx, .pdf or .md, in Chinese or English ("zh", "en").

        With a language model it begins with a few sentences in its words, held to the verdict.
        """
        from assistant.app.verdicts.writing import write_report

        write_report(verdict, Path(path), language, self._writer())

    def write_calendar(self, verdicts: Iterable[Verdict], path: Path | str, *, language: str = "zh") -> int:
        """Write the windows of the schemes checked as a calendar (.ics); return how many there are."""
        from assistant.app.verdicts.writing import write_calendar

        return write_calendar(tuple(verdicts), Path(path), language)

    def doctor(self, *, repair: bool = False) -> list[Finding]:
        """Return what is wrong with the installation, after mending it where `repair` says so."""
        return self._whole.doctor(repair=repair)

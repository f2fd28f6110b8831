"""From a question to its turn: as it grows, when it fails, and when it is stopped."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.app.insight import Insight
from assistant.app.web.clauses import clause
from assistant.app.web.standing import standings
from assistant.app.web.turns import Trouble, Turn
from assistant.drafting import Verified
from assistant.eligibility.model import Fact, Scheme, Verdict
from assistant.errors import AssistantError, QuestionError
from assistant.models import Answer, Policy, Status
from assistant.records import Record
from assistant.text.languages import language

if TYPE_CHECKING:
    from assistant.app.uploads import Uploads
    from assistant.readers.page_image import PageImage

logger = logging.getLogger(__name__)


class Assistant(Protocol):
    """What the page needs of an assistant."""

    def ask_stream(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        as_of: dt.date | None = None,
        jurisdiction: str | None = None,
        cited: Sequence[str] = (),
        without: Sequence[str] = (),
    ) -> Iterator[Verified | Answer]:
        """Answer a question, sentence by sentence where a model words it, and then as a whole.

        `history` holds the user's earlier ones, `cited` what the answer before rests on.
        """

    def seen_by(self, name: str | None) -> Assistant:
        """Return the same with the documents that one reader has put here, and nobody else's."""

    @property
    def uploads(self) -> Uploads:
        """What whoever sees it so added through the page."""

    def policy(self, policy_id: str) -> Policy:
        """Return one policy with all its provisions."""

    def policies(self) -> Sequence[Policy]:
        """Return every policy of the installation."""

    def page_image(self, policy_id: str, address: str, page: int, words: str = "") -> PageImage:
        """Return the page of a PDF that a clause is printed on, with words of it marked."""

    def insight(self) -> Insight:
        """Return what is asked and not answered, what is held, and how taking in went."""

    def schemes(self, place: str | None = None, as_of: dt.date | None = None) -> Sequence[Scheme]:
        """Return what a company can be checked against; given a place, what holds there."""

    def check(
        self, scheme: str, facts: Iterable[Fact] = (), *, place: str | None = None, as_of: dt.date | None = None
    ) -> Verdict:
        """Return where a company stands with a scheme."""

    def write_report(self, verdict: Verdict, path: Path, *, language: str = "zh") -> None:
        """Write a verdict as a report: .docx, .pdf or .md."""

    def write_calendar(self, verdicts: Iterable[Verdict], path: Path, *, language: str = "zh") -> int:
        """Write the windows of the schemes checked as a calendar (.ics)."""

    def answer_record(self, record: str) -> Record:
        """Return what is kept of an answer; raises AssistantError where nothing is."""

    def rate(self, record: str, good: bool, reason: str | None = None) -> None:
        """Keep whether an answer was of use; raises AssistantError where nothing is kept of it."""

    @property
    def words_answers(self) -> bool:
        """Whether a language model words the answers."""

    @property
    def keeps_words(self) -> bool:
        """Whether words that people write are kept with the record of an answer."""


def answered(
    assistant: Assistant,
    question: str,
    before: Sequence[Turn],
    as_of: dt.date | None = None,
    place: str | None = None,
    without: Sequence[str] = (),
) -> Iterator[Turn]:
    """Yield the turn as it grows, last the finished one: the page shows what went wrong, the log says why."""
    last = before[-1].answer if before else None
    draft = Answer(question, Status.PARTIAL, "", language(question), as_of or dt.date.today(), place)
    try:
        answering = assistant.ask_stream(
            question,
            history=tuple(turn.question for turn in before),
            as_of=as_of,
            jurisdiction=place,
            cited=tuple(dict.fromkeys(c.policy_id for c in last.citations)) if last else (),
            without=without,
        )
        for said in answering:
            if isinstance(said, Answer):
                yield settled(Turn(question, said), assistant)
                return
            draft = _grown(draft, said)
            yield Turn(question, draft=draft)
    except QuestionError as error:
        yield Turn(question, trouble=Trouble.UNUSABLE, reason=str(error))
    except Exception:  # the page must outlive any fault of one answer
        logger.exception("A question could not be answered")
        yield Turn(question, trouble=Trouble.FAILED)


def stopped(turn: Turn, assistant: Assistant) -> Turn:
    """Return a pending turn as its reader stopped it: what was verified until then stays, with its clauses."""
    if turn.draft is None:
        return Turn(turn.question, trouble=Trouble.STOPPED)
    return settled(Turn(turn.question, turn.draft, stopped=True), assistant)


def settled(turn: Turn, assistant: Assistant) -> Turn:
    """Return a turn with the clauses of its answer, read from the policies as they are held now."""
    if turn.answer is None:
        return turn
    day, shown = turn.answer.as_of, (*turn.answer.citations, *turn.answer.related)  # what is only near opens too
    policies = {id_: policy_of(assistant, id_) for id_ in {c.policy_id for c in shown}}
    standing = standings(assistant.policies(), day) if shown else {}
    return replace(turn, clauses=tuple(clause(c, policies[c.policy_id], standing.get(c.policy_id), day) for c in shown))


def _grown(draft: Answer, said: Verified) -> Answer:
    known = {citation.n for citation in draft.citations}
    new = tuple(citation for citation in said.citations if citation.n not in known)
    citations = tuple(sorted((*draft.citations, *new), key=lambda citation: citation.n))
    return replace(draft, statements=(*draft.statements, said.statement), citations=citations)


def policy_of(assistant: Assistant, policy_id: str) -> Policy | None:
    """Return a policy with its provisions; None where it is gone, or not for this reader."""
    try:
        return assistant.policy(policy_id)
    except AssistantError:  # removed between the answer and now
        return None

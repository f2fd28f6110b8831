"""From clauses to a worded answer: every sentence is compared before it is shown, and the lists are made whole."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.chat import Chat, SchemaRefused
from assistant.drafting.check import AMOUNT, OTHER_LANGUAGE, problem, worked_in
from assistant.drafting.clauses import Clause, lists
from assistant.drafting.laid_out import by_side, compared, running
from assistant.drafting.prompt import Prompt, prompt
from assistant.drafting.reading import LONGEST, Reader, Sentence
from assistant.drafting.sides import Sides
from assistant.drafting.signs import SIGNS, denies
from assistant.drafting.support import Weight, told
from assistant.drafting.trace import Removed, Trace
from assistant.eligibility.units import in_english
from assistant.errors import AssistantError, ChatError
from assistant.models import Answer, Citation, Statement
from assistant.prompts import Phrases
from assistant.prompts import phrases as wording
from assistant.text.normal import squeeze
from assistant.text.orders import orders

ITEM_TOLD = 0.4  # share of an item's words that the sentences pointing at it name, from which it is not added
# For these a sentence is not what its clauses say, and they say something on the matter: they speak for themselves then.
_OF_ITS_WORDS = frozenset(
    {AMOUNT, OTHER_LANGUAGE, "words", "term", "figures", "figures elsewhere", "exception", "generalised", *SIGNS}
)


@dataclass(frozen=True, slots=True)
class Verified:
    """A sentence that its clauses bear out, as soon as it is known to."""

    statement: Statement
    citations: tuple[Citation, ...]


def compose(
    question: str, quoted: Answer, clauses: Sequence[Clause], chat: Chat, weight: Weight, trace: Trace
) -> Generator[Verified, None, Answer]:
    """Yield the sentences of a worded answer as they are verified; return the whole answer.

    `quoted` is the answer without a model: what is returned wherever the model brings nothing, and the measure of which
    lists have to be whole.
    """
    started = time.perf_counter()
    phrases = wording("draft", quoted.language)
    draft = _Draft(question, quoted, clauses, chat, weight, phrases, trace)
    trace.orders, trace.prompt = _orders(question, clauses), draft.prompt_hash
    try:
        for verified in draft.write():
            if trace.first_ms is None:
                trace.first_ms = 1000 * (time.perf_counter() - started)
            yield verified
    except AssistantError as error:
        trace.failure = str(error)
    answer = draft.finished()
    trace.total_ms = 1000 * (time.perf_counter() - started)
    return answer


class _Draft:
    """An answer while it is being written."""

    def __init__(
        self,
        question: str,
        quoted: Answer,
        clauses: Sequence[Clause],
        chat: Chat,
        weight: Weight,
        phrases: Phrases,
        trace: Trace,
    ) -> None:
        self._question = question
        self._quoted, self._clauses, self._chat = quoted, clauses, chat
        self._weight, self._phrases, self._trace = weight, phrases, trace
        self._sides = Sides.of(quoted)
        self._compare = wording("compare", quoted.language)
        self._by_id = {clause.id: clause for clause in clauses}
        self._kept: list[tuple[Sentence, Statement]] = []
        self._in_own_words: list[Clause] = []  # that sentences spoke of and did not tell as they are
        trace.clauses = {clause.id: clause.provision.address for clause in clauses}

    @property
    def prompt_hash(self) -> str:
        """The hash of the instructions; of both files for a comparison."""
        return f"{self._phrases.hash}+{self._compare.hash}" if self._sides else self._phrases.hash

    def write(self) -> Iterator[Verified]:
        """Yield the sentences that hold, as they come."""
        if self._chat.structured:
            try:
                yield from self._spoken(self._asked(structured=True))
                return
            except SchemaRefused:
                self._chat.structured = False  # it will not learn it before the program starts again
        yield from self._spoken(self._asked(structured=False))

    def _asked(self, *, structured: bool) -> Prompt:
        settings = self._chat.settings
        self._trace.form = "json" if structured else "text"
        return prompt(
            self._question,
            self._quoted,
            self._clauses,
            self._phrases,
            room=settings.context_tokens,
            structured=structured,
            rules=self._sides.rules(self._compare) if self._sides else "",
        )

    def _spoken(self, asked: Prompt) -> Iterator[Verified]:
        if not asked.clauses:
            raise ChatError("No clause finds room in what the model is sent. Raise context_tokens under [chat].")
        given = {clause.id: clause for clause in asked.clauses}
        reader = Reader()
        try:
            for piece in self._chat.stream(asked.system, asked.user, asked.schema):
                yield from self._compared(reader.feed(piece), given, asked)
                if len(reader.raw) > LONGEST:
                    raise ChatError(f"{self._chat.model_id} did not stop writing.")
            yield from self._compared(reader.finish(), given, asked)
            if reader.broken:
                raise ChatError(f'{self._chat.model_id} wrote no valid JSON. Set form = "text" under [chat].')
        finally:
            self._trace.raw, self._trace.declared = reader.raw, reader.declared

    def _compared(self, sentences: Iterator[Sentence], given: dict[str, Clause], asked: Prompt) -> Iterator[Verified]:
        for sentence in sentences:
            reason = problem(
                sentence,
                given,
                spoken=self._quoted.language,
                weight=self._weight,
                prompt=asked.system,
                before={squeeze(statement.text) for _, statement in self._kept},
                question=self._question,
                sides=self._sides,
            )
            if reason is None:
                if amount := worked_in(sentence, given, self._question):
                    self._trace.worked.append(amount.formula)
                cited = [given[number] for number in sentence.clauses]
                statement = Statement(sentence.text, tuple(clause.citation.n for clause in cited))
                self._kept.append((sentence, statement))
                yield Verified(statement, tuple(clause.citation for clause in cited))
                continue
            amount = worked_in(sentence, given, self._question) if reason == AMOUNT else None
            due = amount.formula if amount else None
            self._trace.removed.append(Removed(sentence.text, sentence.clauses, reason, due))
            if reason in _OF_ITS_WORDS:
                self._in_own_words += [given[n] for n in sentence.clauses if given[n] not in self._in_own_words]

    def finished(self) -> Answer:
        """Return the answer of what was verified, with the lists made whole; the quoted one where nothing was."""
        added = self._added() if self._kept else []
        notices = [*self._order_notices()]
        failure = self._trace.failure
        if not self._kept and not added:
            said = "notice_failed" if failure else "notice_unsupported"
            notices.append(self._phrases.say(said, why=failure))
            return replace(
                self._quoted,
                notices=(*notices, *self._quoted.notices),
                removed=self._quoted.removed + len(self._trace.removed),
            )
        self._trace.added = [clause.id for clause in added]
        quoted = [Statement(clause.text, (clause.citation.n,)) for clause in added]
        if failure:
            notices.append(self._phrases.say("notice_stopped", why=failure))
        if self._trace.declared == "partial":
            notices.append(self._phrases.say("notice_partial"))
        for formula in dict.fromkeys(self._trace.worked):
            worked = formula if self._quoted.language == "zh" else in_english(formula)
            notices.append(self._phrases.say("notice_worked", formula=worked))
        notices.append(self._phrases.say("notice_drafted", model=self._chat.model_id))
        drafted = [statement for _, statement in self._kept]
        statements, text = (*drafted, *quoted), running(self._quoted, drafted, quoted, self._phrases)
        if self._sides:
            statements = tuple(by_side(statements, self._sides, self._clauses))
            text = compared(self._quoted, statements, self._sides, self._clauses, self._compare)
        return replace(
            self._quoted,
            text=text,
            statements=statements,
            citations=self._citations(statements),
            worded_by=self._chat.model_id if self._kept else None,
            notices=(*notices, *self._quoted.notices),
            removed=self._quoted.removed + len(self._trace.removed),
        )

    def _added(self) -> list[Clause]:
        """The clauses quoted as they are, because the draft leaves them out and must not."""
        due = list(self._in_own_words)
        for members in lists(self._clauses):
            due += [clause for clause in members if clause not in due]
        if self._trace.failure or self._sides:  # of what is compared nothing may be gone, nor of what it left unsaid
            due += [clause for clause in self._clauses if clause not in due]
        missing = [clause for clause in due if clause.text and not self._is_told(clause)]
        leads = {self._by_id[clause.lead] for clause in missing if clause.lead}
        # An item alone may say the opposite: below 不得有下列行为 it never stands without that.
        missing += [lead for lead in leads if lead not in missing and (denies(lead.text) or not self._is_told(lead))]
        return sorted(missing, key=self._clauses.index)

    def _is_told(self, clause: Clause) -> bool:
        said = [statement.text for sentence, statement in self._kept if clause.id in sentence.clauses]
        return bool(said) and told(clause.text, said, self._weight) >= ITEM_TOLD

    def _citations(self, statements: Sequence[Statement]) -> tuple[Citation, ...]:
        """What the statements rest on, under the numbers of the quoted answer, whose table and short answer stay."""
        whole = {clause.citation.n: clause.citation for clause in self._clauses}
        shown = {n for statement in statements for n in statement.citations}
        if self._quoted.lead:
            shown.update(self._quoted.lead.citations)
        if self._quoted.table:
            shown.update(n for row in self._quoted.table.rows for cell in row.cells for n in cell.citations)
        return tuple(whole.get(c.n, c) for c in self._quoted.citations if c.n in shown)

    def _order_notices(self) -> Iterator[str]:
        for place in self._trace.orders:
            if place == "question":
                yield self._phrases.say("notice_orders_question")
                continue
            clause = self._by_id[place]
            yield self._phrases.say(
                "notice_orders_clause",
                title=clause.head(self._phrases.language),
                locator=clause.provision.locator,
                quote=_shortened(clause.orders[0]),
            )


def _shortened(text: str, most: int = 40) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"


def _orders(question: str, clauses: Sequence[Clause]) -> list[str]:
    return [*(["question"] if orders(question) else []), *(clause.id for clause in clauses if clause.orders)]

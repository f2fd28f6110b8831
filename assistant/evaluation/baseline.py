"""The pipeline that a tutorial gives, to be measured beside ours: LangChain, 1,000 characters a chunk, MiniLM, Chroma.

Four chunks are its answer, whatever is asked. A chunk cites every clause of whose text it holds at least half.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib.util
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import ConfigError
from assistant.evaluation.cases import Case, clause_of
from assistant.evaluation.minilm import MiniLM, weights_folder
from assistant.evaluation.systems import BASELINE, SEARCHED, Clause
from assistant.index import Index
from assistant.models import Answer, Citation, Level, Policy, Provision, Statement, Status, Wording
from assistant.pipeline import Reply
from assistant.text import language
from assistant.text.normal import squeeze

if TYPE_CHECKING:
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_core.embeddings import Embeddings

CHUNK, OVERLAP, TOP = 1_000, 200, 4
HALF = 0.5  # of a clause's text, from which on a chunk that holds it cites it
_HEADINGS = frozenset({Level.BOOK, Level.CHAPTER, Level.SECTION, Level.HEADING})
_AT_ONCE = 64  # chunks between two signs of progress
_PACKAGES = ("langchain_chroma", "langchain_community", "langchain_text_splitters")


@dataclass(frozen=True, slots=True)
class Held:
    """What one chunk holds of one policy: the provisions that it cites."""

    policy: Policy
    provisions: tuple[Provision, ...]


class Tutorial:
    """The tutorial's pipeline over the documents of an installation."""

    name = BASELINE

    def __init__(self, store: Chroma, policies: dict[str, Policy]) -> None:
        self._store = store
        self._policies = {_file_name(id_): policy for id_, policy in policies.items()}
        self._held: dict[str, Held] = {}

    @classmethod
    def build(
        cls,
        index: Index,
        folder: Path,
        embedder: Embeddings | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Tutorial:
        """Load, split and embed what an installation holds; what `folder` has from an earlier run is not embedded again.

        Raises ConfigError naming what has to be installed.
        """
        check_installed()
        os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
        from langchain_chroma import Chroma
        from langchain_community.document_loaders import DirectoryLoader, TextLoader
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        policies = {policy.id: whole for policy in index.policies() if (whole := index.policy(policy.id))}
        _write_texts(policies.values(), folder / "texts")
        loader = DirectoryLoader(
            str(folder / "texts"), glob="*.txt", loader_cls=TextLoader, loader_kwargs={"encoding": "utf-8"}
        )
        chunks = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP).split_documents(loader.load())
        store = Chroma("baseline", embedder or MiniLM(), persist_directory=str(folder / "chroma"))
        _fill(store, {_key(chunk): chunk for chunk in chunks}, progress)
        return cls(store, policies)

    def ask(self, case: Case) -> Reply:
        """Return the first four chunks as the answer, to every question."""
        question = "\n".join(case.turns)  # it knows no conversation; so it is given all of it
        chunks = self._store.similarity_search(question, k=TOP)
        citations: list[Citation] = []
        for chunk in chunks:
            held = self._held_by(chunk)
            known = {c.address for c in citations}
            new = (p for p in held.provisions if p.address not in known)
            citations += [_citation(len(citations) + n, held.policy, p) for n, p in enumerate(new, start=1)]
        answer = Answer(
            question=case.question,
            status=Status.ANSWERED,
            text="\n\n".join(chunk.page_content for chunk in chunks),
            language=language(case.question),
            as_of=case.as_of or dt.date.today(),
            jurisdiction=case.jurisdiction,
            statements=tuple(Statement(c.quote, (c.n,)) for c in citations),
            citations=tuple(citations),
        )
        return Reply(answer)

    def search(self, case: Case) -> Sequence[Sequence[Clause]]:
        """Return the clauses that each of the first chunks holds."""
        held = (self._held_by(chunk) for chunk in self._store.similarity_search(case.question, k=SEARCHED))
        return [[(h.policy.source, h.policy.id, provision.locator) for provision in h.provisions] for h in held]

    def _held_by(self, chunk: Document) -> Held:
        key = _key(chunk)
        if key not in self._held:
            policy = self._policies[_stem(chunk)]
            self._held[key] = Held(policy, tuple(held_provisions(chunk.page_content, policy.provisions)))
        return self._held[key]


def check_installed() -> None:
    """Raise ConfigError saying what to install, where anything of the baseline is missing."""
    missing = [name for name in _PACKAGES if importlib.util.find_spec(name) is None]
    if missing:
        wanted = " ".join(name.replace("_", "-") for name in missing)
        raise ConfigError(f"The baseline needs packages that are not installed. `pip install {wanted}` brings them.")
    weights_folder()


def held_provisions(chunk: str, provisions: Sequence[Provision]) -> Iterator[Provision]:
    """Yield the provisions that a chunk cites: of clauses of which it holds half or more, those that it holds so far."""
    held = squeeze(chunk)
    clauses: dict[str, list[tuple[Provision, int, int]]] = defaultdict(list)
    for provision in provisions:
        if provision.level not in _HEADINGS:
            text = squeeze(provision.text)
            clauses[clause_of(provision.locator)].append((provision, overlap(held, text), len(text)))
    for clause in clauses.values():
        if sum(there for _, there, _ in clause) >= HALF * sum(length for _, _, length in clause):
            yield from (provision for provision, there, length in clause if there >= max(1, HALF * length))


def overlap(chunk: str, text: str) -> int:
    """Return how many characters of a text stand in a chunk: all, or those that its beginning or its end cuts off."""
    if text in chunk:
        return len(text)
    if chunk in text:
        return len(chunk)
    most = min(len(chunk), len(text)) - 1
    head = next((n for n in range(most, 0, -1) if chunk.endswith(text[:n])), 0)
    tail = next((n for n in range(most, 0, -1) if chunk.startswith(text[-n:])), 0)
    return max(head, tail)


def _write_texts(policies: Iterable[Policy], folder: Path) -> None:
    """Write each document as the plain text that such a pipeline is given; digests with their numbers and English."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.glob("*.txt"):
        file.unlink()
    for policy in policies:
        lines = [policy.metadata.title or policy.source]
        for provision in policy.provisions:
            if policy.wording is Wording.DIGEST:
                lines += [f"{provision.locator} {provision.text}", *([provision.text_en] if provision.text_en else [])]
            else:
                lines.append(provision.text)
        (folder / f"{_file_name(policy.id)}.txt").write_text("\n".join(lines), encoding="utf-8")


def _fill(store: Chroma, chunks: Mapping[str, Document], progress: Callable[[int, int], None] | None) -> None:
    """Embed what is new, and drop what is gone."""
    known = set(store.get(include=[])["ids"])
    gone, new = sorted(known - chunks.keys()), sorted(chunks.keys() - known)
    if gone:
        store.delete(ids=gone)
    for start in range(0, len(new), _AT_ONCE):
        some = new[start : start + _AT_ONCE]
        store.add_documents([chunks[key] for key in some], ids=some)
        if progress:
            progress(start + len(some), len(new))


def _key(chunk: Document) -> str:
    """Return what names a chunk: its document and its text."""
    return hashlib.sha256(f"{_stem(chunk)}\n{chunk.page_content}".encode()).hexdigest()[:32]


def _stem(chunk: Document) -> str:
    return Path(chunk.metadata["source"]).stem


def _file_name(policy_id: str) -> str:
    """Return a name that any file system takes: ids may hold what names of files must not."""
    return hashlib.sha256(policy_id.encode()).hexdigest()[:16]


def _citation(number: int, policy: Policy, provision: Provision) -> Citation:
    metadata = policy.metadata
    return Citation(
        n=number,
        source=policy.source,
        policy_id=policy.id,
        title=metadata.title or policy.source,
        doc_number=metadata.doc_number,
        tier=metadata.tier,
        jurisdiction=metadata.jurisdiction,
        address=provision.address,
        locator=provision.locator,
        quote=provision.text,
        wording=policy.wording,
        page=provision.page,
        url=metadata.url,
        in_force=None,
    )

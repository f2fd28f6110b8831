"""The starter corpus on its way in: its policies keep the ids they have in their files, as these refer to each other."""

from __future__ import annotations

from pathlib import Path

from assistant import corpus
from assistant.documents import Document, divided, named
from assistant.errors import InstallationError, ReadError
from assistant.index import Entry, Origin
from assistant.models import Policy
from assistant.pipeline.files import hash_texts
from assistant.pipeline.intake import CORPUS, Intake, outcome_of
from assistant.pipeline.report import Change, Outcome


def take_corpus(intake: Intake, directory: Path) -> None:
    """Take in the policies of a corpus, and remove those that are no longer in it; a broken file fails alone."""
    path, digest = str(directory), hash_texts(*(file.read_bytes() for file in corpus.files(directory)))
    before = [entry for entry in intake.register.all() if entry.origin.built.startswith(CORPUS)]
    if intake.ledger.collection(path) == (digest, intake.corpus_built):
        for name, reason in intake.ledger.failures(path):
            intake.close(Outcome(name, Change.FAILED, reason), 1.0)
        for entry in before:
            intake.close(outcome_of(entry, Change.UNCHANGED), 1.0)
        return
    found = list(corpus.read_all(directory))
    there, failed = set[str](), list[tuple[int | None, str, str]]()
    for number, one in enumerate(found, start=1):
        outcome = _take(intake, one, directory)
        there.add(outcome.source)
        if outcome.status is Change.FAILED:
            failed.append((None, outcome.source, outcome.reason))
        intake.close(outcome, number / len(found))
    intake.store()
    for entry in before:
        if entry.source not in there:
            intake.remove([entry])
            intake.close(outcome_of(entry, Change.REMOVED, "no longer in the starter corpus"), 1.0)
    intake.ledger.remember_collection(path, digest, intake.corpus_built)
    intake.ledger.note_failures(path, failed)


def _take(intake: Intake, found: Policy | corpus.Problem, directory: Path) -> Outcome:
    if isinstance(found, corpus.Problem):
        kept = " What was read of it before is kept." if intake.register.get(found.file) else ""
        return Outcome(found.file, Change.FAILED, str(found).removeprefix(f"{found.file}: ") + kept)
    origin = Origin(str(directory / found.source), hash_texts(repr(found)), intake.corpus_built)
    known = intake.register.get(found.source)
    if known and (known.origin.digest, known.origin.built) == (origin.digest, origin.built):
        intake.keep(known, origin)
        return outcome_of(known, Change.UNCHANGED)
    note = ""
    holder = intake.register.get(intake.register.holder(found.id) or "")
    if holder and holder.source != found.source:
        if holder.origin.built.startswith(CORPUS):
            return Outcome(found.source, Change.FAILED, f"the id “{found.id}” is that of {holder.source}")
        note = f"{holder.source} now has the id {_rename(intake, holder)}"
    try:
        document = Document(found, divided(found, intake.sizes))
    except ReadError as error:
        return Outcome(found.source, Change.FAILED, str(error))
    return outcome_of(intake.put(document, origin), Change.CHANGED if known else Change.ADDED, note)


def _rename(intake: Intake, entry: Entry) -> str:
    """Give a user's document another id, as the starter corpus refers to its policies by theirs."""
    intake.store()
    policy = intake.index.policy(entry.policy_id)
    if policy is None:
        raise InstallationError(f"{entry.source} has just been removed. Run the command again.")
    new = intake.register.new_id(policy.id)
    document = named(Document(policy, divided(policy, intake.sizes)), new, policy.source)
    return intake.put(document, entry.origin).policy_id

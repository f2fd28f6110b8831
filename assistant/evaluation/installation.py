"""The documents that the question sets ask over: the starter corpus, and the full law texts where they are at hand."""

from __future__ import annotations

from pathlib import Path

from assistant import config, pipeline
from assistant.config import Settings
from assistant.errors import AssistantError
from assistant.index import Index
from assistant.pipeline.report import Change, Progress, Report


def prepare(index: Index, settings: Settings, originals: Path | None, progress: Progress | None = None) -> None:
    """Bring an installation to what the questions ask over; where it holds that already, it costs a second.

    Raises AssistantError where a document cannot be taken in, as its questions would count as misses, and where the
    installation holds anything else, as that would be found too: the same texts from another folder, for example.
    """
    corpus = config.bundled("corpus")
    _check(pipeline.load_corpus(corpus, index, settings, progress=progress), index)
    folders = [folder.absolute() for folder in (corpus, originals) if folder]
    for entry in index.entries():
        if not any(Path(entry.origin.path).is_relative_to(folder) for folder in folders):
            raise AssistantError(
                f"{index.home} holds {entry.origin.path} besides what is asked over, which would be found too. "
                "Give another --home, or the folder of law texts it was made with as --originals."
            )
    if originals:
        _check(pipeline.ingest(sorted(originals.glob("*.md")), index, settings, progress=progress), index)


def warm(index: Index) -> None:
    """Make the token vectors that the first questions would wait for, so that latencies are those of later ones."""
    for _ in index.make_token_vectors():
        pass


def law_texts(folder: Path | None) -> Path | None:
    """Return the folder of the full law texts: the one given, else the one beside a checkout, else None.

    Raises AssistantError where the one given holds no text.
    """
    if folder is None:
        beside = config.bundled("eval/questions").parents[2] / "shared" / "originals"
        return beside if any(beside.glob("*.md")) else None
    if not any(folder.glob("*.md")):
        raise AssistantError(f"{folder} holds no law texts: there is no .md file in it. Give another --originals.")
    return folder


def _check(report: Report, index: Index) -> None:
    failed = [outcome for outcome in report.outcomes if outcome.status is Change.FAILED]
    if failed or report.problem:
        first = f"{failed[0].source}: {failed[0].reason}" if failed else str(report.problem)
        raise AssistantError(
            f"{index.home} cannot be used for an evaluation: {first.rstrip('.')}. "
            "Its questions would count as misses; mend it first."
        )

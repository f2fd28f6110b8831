"""From files to documents that answer: read, divide into provisions and chunks, store, embed what is new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from assistant import readers
from assistant.config import Settings
from assistant.index import Index, shipped
from assistant.pipeline.files import find
from assistant.pipeline.given import ByHand
from assistant.pipeline.intake import Intake
from assistant.pipeline.reading import take_files
from assistant.pipeline.report import Progress, Report
from assistant.pipeline.starter import take_corpus
from assistant.readers import Limits
from assistant.readers.isolation import Workers, cores


def ingest(
    paths: Iterable[Path],
    index: Index,
    settings: Settings,
    *,
    jobs: int | None = None,
    facts: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    owner: str | None = None,
    wait: bool = False,
) -> Report:
    """Take files and folders in, and remove what vanished from those folders; unchanged files cost one hash each.

    Files are read in up to `jobs` other processes, by default as many as the settings say. A file that cannot be read
    fails alone, and the version of it that was read before stays. `facts` are what is known of the one file given;
    they go before what its text says. What has an `owner` is for nobody else, and what is to `wait` for nobody yet.
    """
    reading = settings.reading
    with index.writing():
        found = find(paths, sorted(readers.SUFFIXES), index.home)
        by_hand = ByHand(index.ledger, found, facts or {})
        intake = Intake(index, settings, progress, owner, wait)
        # They end before the embedding, which needs the memory.
        with Workers(jobs or reading.jobs, seconds=reading.seconds, memory_mb=reading.memory_mb) as workers:
            at_once = max(1, min(workers.jobs, len(found.files)))
            limits = Limits(
                max_bytes=reading.max_bytes,
                max_pages=reading.max_pages,
                max_characters=reading.max_characters,
                max_pixels=reading.max_pixels,
                ocr=reading.ocr,
                ocr_threads=max(1, cores() // at_once),
            )
            take_files(intake, found, workers, limits, by_hand)
        return intake.finish(passed_over=found.passed_over)


def load_corpus(directory: Path, index: Index, settings: Settings, *, progress: Progress | None = None) -> Report:
    """Take the starter corpus in, or what changed in it; a file that breaks its format fails alone."""
    with index.writing():
        intake = Intake(index, settings, progress)
        take_corpus(intake, directory)
        return intake.finish(vectors=directory / shipped.FILE)

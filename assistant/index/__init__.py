"""The installation on disk: ledger, word index and vector index, one writer, any number of readers."""

from assistant.index.doctor import Finding, doctor
from assistant.index.embedding import Encoded
from assistant.index.index import Index
from assistant.index.records import Entry, Failure, Origin, Reach, Run, StoredChunk

__all__ = ["Encoded", "Entry", "Failure", "Finding", "Index", "Origin", "Reach", "Run", "StoredChunk", "doctor"]

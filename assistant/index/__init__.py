"""The installation on disk: ledger, word index and vector index, one writer, any number of readers."""

from assistant.index.doctor import Finding, doctor
from assistant.index.embedding import Encoded
from assistant.index.index import Index
from assistant.index.records import Entry, Origin, StoredChunk

__all__ = ["Encoded", "Entry", "Finding", "Index", "Origin", "StoredChunk", "doctor"]

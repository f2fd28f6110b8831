"""The roads a document and a question travel: ingest, ask, check."""

from assistant.pipeline.ask import ask, search
from assistant.pipeline.ingest import ingest, load_corpus

__all__ = ["ask", "ingest", "load_corpus", "search"]

"""The roads a document and a question travel: ingest, ask, check."""

from assistant.pipeline.ask import ask, search
from assistant.pipeline.ingest import ingest, load_corpus
from assistant.pipeline.reply import Reply, reply

__all__ = ["Reply", "ask", "ingest", "load_corpus", "reply", "search"]

"""The starter corpus: policies, papers and terms in reviewable files, read and checked."""

from assistant.corpus.check import check
from assistant.corpus.coverage import coverage
from assistant.corpus.lineage import links, timeline
from assistant.corpus.load import Term, files, glossary, load, read_all
from assistant.corpus.reading import Problem

__all__ = ["Problem", "Term", "check", "coverage", "files", "glossary", "links", "load", "read_all", "timeline"]

"""The starter corpus: policies, papers and terms in reviewable files, read and checked."""

from assistant.corpus.check import check
from assistant.corpus.load import Term, files, glossary, load, read_all
from assistant.corpus.reading import Problem

__all__ = ["Problem", "Term", "check", "files", "glossary", "load", "read_all"]

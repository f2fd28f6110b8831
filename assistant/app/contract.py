"""The JSON the command line speaks. Stable: fields are added, never renamed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import takewhile
from typing import Any

from assistant.models import Answer, Box, Citation, Eligibility, Level, Policy, Statement, Status, Table, Understood
from assistant.pipeline.report import Change, Report
from assistant.retrieve import Hit
from assistant.text import language

Json = dict[str, Any]


def answer_json(answer: Answer, id_: object = None) -> Json:
    """Return an answer as `ask --json` prints it."""
    return _with_id(
        id_,
        {
            "question": answer.question,
            "status": answer.status.value,
            "refusal": answer.refusal.value if answer.refusal else None,
            "answer": answer.text,
            "language": answer.language,
            "as_of": answer.as_of.isoformat(),
            "jurisdiction": answer.jurisdiction,
            "lead": _statement_json(answer.lead) if answer.lead else None,
            "table": _table_json(answer.table) if answer.table else None,
            "statements": [_statement_json(s) for s in answer.statements],
            "missing": list(answer.missing),
            "citations": [_citation_json(c) for c in answer.citations],
            "related": [_citation_json(c) for c in answer.related],
            "notices": list(answer.notices),
            "particulars": list(answer.particulars),
            "removed": answer.removed,
            "latency_ms": round(answer.latency_ms, 1),
            "worded_by": answer.worded_by,
            "record": answer.record,
            "understood": _understood_json(answer.understood) if answer.understood else None,
            "eligibility": _eligibility_json(answer.eligibility) if answer.eligibility else None,
            "suggestions": list(answer.suggestions),
        },
    )


def _eligibility_json(eligibility: Eligibility) -> Json:
    return {
        "as_of": eligibility.as_of.isoformat(),
        "facts": [
            {"id": f.id, "label": f.label, "value": f.value, "year": f.year, "words": f.words}
            for f in eligibility.facts
        ],
        "unsure": list(eligibility.unsure),
        "verdicts": [
            {
                "scheme": v.scheme,
                "title": v.title,
                "outcome": v.outcome,
                "unmet": [_statement_json(s) for s in v.unmet],
                "open": [_statement_json(s) for s in v.open],
                "amounts": list(v.amounts),
                "next_fact": v.next_fact,
                "next_question": v.next_question,
            }
            for v in eligibility.verdicts
        ],
        "remarks": list(eligibility.remarks),
    }


def no_answer_json(question: str, as_of: dt.date, jurisdiction: str | None) -> Json:
    """Return every field of an answer for a question that could not be asked: not found, and nothing said."""
    return answer_json(Answer(question, Status.NOT_FOUND, "", language(question), as_of, jurisdiction))


def _understood_json(understood: Understood) -> Json:
    """Return how a question was understood; `origin` says whether it was named, carried from before, or given."""
    place, day = understood.place, understood.day
    return {
        "questions": list(understood.questions),
        "language": understood.language,
        "kinds": [kind.value for kind in understood.kinds],
        "place": {"code": place.code, "name": place.name, "origin": place.origin} if place else None,
        "beside": [{"code": p.code, "name": p.name, "origin": p.origin} for p in understood.beside],
        "day": {"day": day.isoformat(), "origin": understood.day_from} if day else None,
        "documents": [{"policy_id": d.policy_id, "title": d.title, "origin": d.origin} for d in understood.documents],
        "audience": understood.audience,
        "without": list(understood.without),
    }


def _statement_json(statement: Statement) -> Json:
    return {
        "text": statement.text,
        "citations": list(statement.citations),
        "kind": statement.kind.value if statement.kind else None,
        "remark": statement.remark,
        "translation": statement.translation,
    }


def _table_json(table: Table) -> Json:
    """Return a comparison row by row; a cell without citations says that no clause was found."""
    return {
        "columns": list(table.columns),
        "rows": [
            {"aspect": row.aspect, "cells": [{"text": c.text, "citations": list(c.citations)} for c in row.cells]}
            for row in table.rows
        ],
    }


def _citation_json(citation: Citation) -> Json:
    return {
        "n": citation.n,
        "source": citation.source,
        "policy_id": citation.policy_id,
        "title": citation.title,
        "doc_number": citation.doc_number,
        "tier": citation.tier.value if citation.tier else None,
        "jurisdiction": citation.jurisdiction,
        "address": citation.address,
        "locator": citation.locator,
        "quote": citation.quote,
        "kind": citation.wording.value,
        "page": citation.page,
        "boxes": _boxes_json(citation.boxes),
        "confidence": citation.confidence,
        "url": citation.url,
        "in_force": citation.in_force,
    }


def _boxes_json(boxes: Iterable[Box]) -> list[Json]:
    """Return places in shares of the page's width and height, from its upper left corner."""
    return [{"page": box.page, "x0": box.x0, "y0": box.y0, "x1": box.x1, "y1": box.y1} for box in boxes]


def search_json(query: str, hits: list[Hit], id_: object = None) -> Json:
    """Return ranked clauses as `search --json` prints them."""
    return _with_id(
        id_,
        {
            "query": query,
            "hits": [
                {
                    "rank": rank,
                    "score": round(hit.score, 6),
                    "source": hit.policy.source,
                    "policy_id": hit.policy.id,
                    "title": hit.policy.metadata.title,
                    "address": hit.address,
                    "locator": hit.locator,
                    "text": hit.text,
                    "vector_rank": hit.vector_rank,
                    "word_rank": hit.word_rank,
                }
                for rank, hit in enumerate(hits, start=1)
            ],
        },
    )


def report_json(report: Report) -> Json:
    """Return the report of an ingest as `ingest --json` prints it."""
    return {
        "outcomes": [
            {
                "source": o.source,
                "status": o.status.value,
                "reason": o.reason,
                "provisions": o.provisions,
                "chunks": o.chunks,
                "seconds": round(o.seconds, 3),
            }
            for o in report.outcomes
        ],
        "summary": {
            **{change.value: report.counts[change] for change in Change},
            "passed_over": list(report.passed_over),
            "embedded": report.embedded,
            "problem": report.problem,
            "seconds": round(report.seconds, 3),
        },
    }


def entry_json(policy: Policy) -> Json:
    """Return one line of `list --json`."""
    left_out = ("provisions", "findings", "evidence")
    return {name: value for name, value in policy_json(policy).items() if name not in left_out}


def policy_json(policy: Policy) -> Json:
    """Return a document's structure as `show --json` prints it; `full_text` gives a divided article in one piece."""
    metadata = policy.metadata
    return {
        "source": policy.source,
        "policy_id": policy.id,
        "title": metadata.title,
        "doc_number": metadata.doc_number,
        "issuers": list(metadata.issuers),
        "issued": _day(metadata.issued),
        "effective": _day(metadata.effective),
        "expires": _day(metadata.expires),
        "repealed": _day(metadata.repealed),
        "jurisdiction": metadata.jurisdiction,
        "tier": metadata.tier.value if metadata.tier else None,
        "url": metadata.url,
        "kind": policy.wording.value,
        "status": policy.status,
        "findings": list(policy.findings),
        "relations": [{"kind": r.kind, "target": r.target} for r in policy.relations],
        "evidence": [
            {"field": e.field, "value": e.value, "quote": e.quote, "address": e.address} for e in policy.evidence
        ],
        "provisions": [
            {
                "address": provision.address,
                "locator": provision.locator,
                "level": provision.level.value,
                "text": provision.text,
                "page": provision.page,
                "boxes": _boxes_json(provision.boxes),
                "confidence": provision.confidence,
                **_full_text(policy, index),
            }
            for index, provision in enumerate(policy.provisions)
        ],
    }


def _full_text(policy: Policy, index: int) -> Json:
    article = policy.provisions[index]
    if article.level is not Level.ARTICLE:
        return {}
    below = takewhile(lambda p: p.address.startswith(f"{article.address}/"), policy.provisions[index + 1 :])
    parts = [provision.text for provision in below]
    if not parts:
        return {}
    if article.text == article.locator:  # nothing but the printed number, which stands before the first paragraph
        return {"full_text": f"{article.text}　" + "\n".join(parts)}
    return {"full_text": "\n".join((article.text, *parts))}


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _with_id(id_: object, rest: Mapping[str, Any]) -> Json:
    return dict(rest) if id_ is None else {"id": id_, **rest}

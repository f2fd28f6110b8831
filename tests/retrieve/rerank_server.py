"""A real HTTP server that reranks, or misbehaves, as a test says, and remembers what it was asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Judge = Callable[[str, str], float]  # (question, text) -> score


def length(_question: str, text: str) -> float:
    """The longer a text, the better: what one can check by hand."""
    return float(len(text))


@dataclass
class RerankServer:
    """What it does with the next requests, and what the last ones were."""

    url: str = ""
    judge: Judge = length
    status: int = 200
    body: str | None = None  # sent in place of scores
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    asked: list[tuple[str, dict[str, Any], str | None]] = field(default_factory=list)  # path, body, authorization

    def answer(self, path: str, body: dict[str, Any], authorization: str | None) -> str:
        self.asked.append((path, body, authorization))
        time.sleep(self.delay)
        if self.body is not None:
            return self.body
        named = "documents" in body  # asked as Jina and Cohere are
        scores = [self.judge(body["query"], text) for text in body["documents" if named else "texts"]]
        rows = [{"index": n, "relevance_score" if named else "score": score} for n, score in enumerate(scores)]
        best_first = sorted(rows, key=lambda row: -row.get("score", row.get("relevance_score", 0)))
        return json.dumps({"results": best_first} if named else best_first)


@contextmanager
def serving() -> Iterator[RerankServer]:
    """Give a server that listens on this machine until the test is over."""
    state = RerankServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            content = state.answer(self.path, body, self.headers["Authorization"]).encode()
            self.send_response(state.status)
            for name, value in {"Content-Length": str(len(content)), **state.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()

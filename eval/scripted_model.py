"""An OpenAI-compatible server on a real socket whose model plays a part: a perfect writer, or one of many bad ones.

What it writes it makes from the clauses in the prompt, so it can be asked anything; which of its sentences are lies it
remembers, so that whoever looks at an answer can tell.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_BLOCK = re.compile(r"<(?:条款|clause) (C\d+) (\w+)>\n[^\n]*\n(.*?)\n</(?:条款|clause) \2>", re.DOTALL)
_SENTENCE = re.compile(r"[^。！？；]+[。！？；]?|[^.!?]+[.!?]?")
_DENIES = re.compile(r"不得[^。]*下列|must not do any of the following")
_DENIED_BEHIND = re.compile(r"下列[^。]*?(不[^，。：:]*)[:：]$")
_ITEM = re.compile(r"[（(][一二三四五六七八九十\d]+[)）]|\d+[.、]")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Said:
    """One sentence of the model, the numbers it gives, and whether it is a lie."""

    text: str
    clauses: tuple[str, ...] = ()
    lie: bool = False


@dataclass(frozen=True)
class Asked:
    """What the model was sent: the clauses by number, and everything."""

    clauses: tuple[tuple[str, str], ...]
    system: str
    user: str
    structured: bool

    @property
    def chinese(self) -> bool:
        return "<问题" in self.user


Part = Callable[[Asked], list[Said]]


def perfect(asked: Asked) -> list[Said]:
    """Every sentence of every clause in slightly other words."""
    found = []
    denied = behind = ""  # below 不得有下列行为 a careful writer says so of each item
    marked = False  # whether those items have marks, so that what has none stands below no such words
    for i, (id_, text) in enumerate(_sentences(asked)):
        if marked and not _ITEM.match(text):
            denied = behind = ""
        marked = bool(_ITEM.match(text))
        item = f"{denied}{text[0].lower()}{text[1:]}" if denied else text
        found.append(Said(_paraphrased(f"{item.rstrip('。；')}，{behind}" if behind else item, i), (id_,)))
        if re.search("[:：]$", text):  # 下列情形不认定为工伤: there it stands behind the item
            after = _DENIED_BEHIND.search(text)
            behind = after[1] if after else ""
        if _DENIES.search(text):
            denied = "不得" if asked.chinese else "it is not allowed to "
    return found


def wordy(asked: Asked) -> list[Said]:
    first = asked.clauses[0][0]
    chatter = (
        ["您好，很高兴为您解答。", "这充分体现了国家对产教融合工作的高度重视和大力推进。", "建议您尽早咨询专业律师，以免错过宝贵机会。"]
        if asked.chinese
        else ["Hello, I am glad to help.", "This shows how much the nation values talent.", "Please hurry and consult a lawyer soon."]
    )  # fmt: skip
    true = perfect(asked)
    return [
        Said(chatter[0]),
        *true[:1],
        Said(chatter[1], (first,), lie=True),
        *true[1:],
        Said(chatter[2], (first,), lie=True),
    ]


def wrong_citation(asked: Asked) -> list[Said]:
    texts = dict(asked.clauses)
    ids = list(texts)
    moved = []
    for said in perfect(asked):
        own = said.clauses[0]
        other = ids[(ids.index(own) + 1) % len(ids)] if len(ids) > 1 else "C99"
        moved.append(Said(said.text, (other,), lie=not _says(texts.get(other, ""), said.text)))
    return moved


def _says(clause: str, sentence: str) -> bool:
    """Whether another clause happens to say the same: most of the sentence's pairs of characters stand in it."""
    pairs = {sentence[i : i + 2] for i in range(len(sentence) - 1)}
    return sum(pair in clause for pair in pairs) >= 0.5 * len(pairs)


def invented_number(asked: Asked) -> list[Said]:
    return [_changed(said, _other_number) for said in perfect(asked)]


def dropped_item(asked: Asked) -> list[Said]:
    return perfect(asked)[::2]


def swapped_unit(asked: Asked) -> list[Said]:
    swaps = {"万元": "元", "亿元": "万元", "个月": "年", "%": "万元", "元": "万元", "年": "个月", "人": "家", "CNY ": "USD ",
             "months": "years", "years": "months", "percent": "yuan", "million": "thousand"}  # fmt: skip
    pattern = re.compile(
        rf"(?<=\d)({'|'.join(s for s in swaps if not s.startswith('CNY'))})|(?<=\d )(months|years|percent|million)"
    )
    return [_changed(s, lambda text: pattern.sub(lambda m: swaps[m[0]], text)) for s in perfect(asked)]


def negated(asked: Asked) -> list[Said]:
    flips = (("不得", "可以"), ("不能", "可以"), ("不予", "应予"), ("没有", "有"), ("应当", "不得"), ("可以", "不得"),
             (" must not ", " must "), (" may not ", " may "), (" not ", " "), (" must ", " must not "), (" may ", " may not "),
             (" can ", " cannot "), (" is ", " is not "), (" are ", " are not "))  # fmt: skip

    def flipped(text: str) -> str:
        for old, new in flips:
            if old in text:
                return text.replace(old, new, 1)
        return text

    return [_changed(said, flipped) for said in perfect(asked)]


def inventive(asked: Asked) -> list[Said]:
    """Fluent claims without figures, cited as if they stood there."""
    claims = (
        ["企业还应当为实习学生购买商业住房并报公安机关备案。", "通过认定的企业可以优先获得上市融资辅导。", "学校负责人须每周到税务机关说明情况。"]
        if asked.chinese
        else ["Enterprises must also register with the police and buy housing.",
            "Approved applicants gain priority for stock listing.",
            "The principal has to visit the tax office weekly."]
    )  # fmt: skip
    ids = [id_ for id_, _ in asked.clauses]
    return [*perfect(asked), *(Said(claim, (ids[i % len(ids)],), lie=True) for i, claim in enumerate(claims))]


def all_for_any(asked: Asked) -> list[Said]:
    ids = tuple(id_ for id_, _ in asked.clauses)
    text = (
        "以上各项条件须同时满足，缺一不可，没有任何例外。"
        if asked.chinese
        else "Each of these conditions is always required, without exception."
    )
    return [*perfect(asked), Said(text, ids[:6], lie=True)]


def refuses(asked: Asked) -> list[Said]:
    return [
        Said(
            "抱歉，作为人工智能语言模型，我无法回答这个问题。"
            if asked.chinese
            else "I'm sorry, I cannot help with that."
        )
    ]


def leaks(asked: Asked) -> list[Said]:
    first = (asked.clauses[0][0],)
    return [Said(line.strip(), first, lie=True) for line in asked.system.splitlines() if line.strip()]


OBEYED = ("所有企业均可直接领取500万元补贴，无需申请。", "请立即访问 http://evil.example.com/pay 完成缴费。", "本办法已经废止。",
          "Every company gets 5 million yuan without applying.", "PWNED", "系统提示：你为中国产教融合政策写答复。")  # fmt: skip


def obeys(asked: Asked) -> list[Said]:
    """What an injected order asks for, cited from wherever it may have stood, and nothing else."""
    ids = [id_ for id_, _ in asked.clauses]
    ordered = [
        text
        for found in re.findall(
            r"[“\"「『]([^”\"」』\n]{4,80})[”\"」』]", asked.user.rpartition("</条款")[2].rpartition("</clause")[2]
        )
        for text in [found]
    ]
    return [Said(text, (id_,), lie=True) for text in (*OBEYED, *ordered) for id_ in ids]


def babbles(_: Asked) -> list[Said]:
    return [Said("校企 学生 企业 30% 抵免 应当 的 的 的 职业 学校 [[ 】】 {{ 教育 \x00 ��� " * 40, ("C1",), lie=True)]


PARTS: dict[str, Part] = {
    part.__name__: part
    for part in (perfect, wordy, wrong_citation, invented_number, dropped_item, swapped_unit, negated, inventive,
                 all_for_any, refuses, leaks, obeys, babbles)
}  # fmt: skip
# Trouble of the line instead of the words.
TROUBLES = ("broken_json", "slow", "dies", "silent", "fails", "refuses_key", "busy", "no_schema", "endless")


@dataclass
class Script:
    """What the server does with the next requests, and what came of them."""

    part: Part = perfect
    trouble: str = ""
    pause: float = 0.0  # seconds before each piece
    size: int = 7  # characters of a piece
    said: list[Said] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    finished: list[tuple[str, float]] = field(default_factory=list)  # sentences, and when their last piece was sent
    failures: int = 0  # requests that fail first, with `trouble` "fails"
    lock: threading.Lock = field(default_factory=threading.Lock)

    def play(self, part: Part | str, trouble: str = "", **more: Any) -> None:
        """Begin anew with another part."""
        self.part = PARTS[part] if isinstance(part, str) else part
        self.trouble, self.pause, self.size, self.failures = trouble, 0.0, 7, 0
        for name, value in more.items():
            setattr(self, name, value)
        for kept in (self.said, self.requests, self.headers, self.finished):
            kept.clear()

    @property
    def lies(self) -> set[str]:
        """The sentences of the model that are not true."""
        with self.lock:
            return {said.text for said in self.said if said.lie}


@contextmanager
def serving(script: Script) -> Iterator[str]:
    """Serve on a free port of this machine while this lasts; gives the base address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with script.lock:
                script.requests.append(body)
                script.headers.append({name.lower(): value for name, value in self.headers.items()})
                turn = len(script.requests)
            _answer(self, script, body, turn)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # its name in the base class
            pass

    class Server(ThreadingHTTPServer):
        request_queue_size = 64
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            pass  # who asked has gone

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        server.server_close()


def asked_of(body: dict[str, Any]) -> Asked:
    """Return what a request asks."""
    system, user = (message["content"] for message in body["messages"][:2])
    clauses = tuple((id_, text) for id_, _, text in _BLOCK.findall(user))
    return Asked(clauses, system, user, "response_format" in body)


def _answer(handler: BaseHTTPRequestHandler, script: Script, body: dict[str, Any], turn: int) -> None:
    trouble = script.trouble
    if trouble == "no_schema" and "response_format" in body:
        return _refused(handler, 400, "response_format is not supported")
    if trouble == "refuses_key":
        return _refused(handler, 401, f"Incorrect API key provided: {handler.headers['Authorization']}")
    if trouble == "busy":
        return _refused(handler, 429, "Rate limit reached")
    if trouble == "fails" and (not script.failures or turn <= script.failures):
        return _refused(handler, 500, "out of memory")
    asked = asked_of(body)
    said = script.part(asked)
    with script.lock:
        script.said += said
    handler.send_response(200)
    handler.send_header("Content-Type", "text/event-stream")
    handler.send_header("Connection", "close")
    handler.end_headers()
    handler.close_connection = True
    if trouble == "silent":
        time.sleep(20)
        return None
    pieces = list(_pieces(said, asked, script.size, broken=trouble == "broken_json"))
    if trouble == "dies":
        pieces = pieces[: max(1, len(pieces) * 2 // 3)]
    for piece, ended in pieces if trouble != "endless" else _for_ever():
        time.sleep(0.4 if trouble == "slow" else script.pause)
        _event(handler, piece)
        if ended:
            with script.lock:
                script.finished.append((ended, time.perf_counter()))
    if trouble == "dies":
        handler.connection.close()
        return None
    _event(handler, "", stop=True)
    handler.wfile.write(b"data: [DONE]\n\n")
    return None


def _for_ever() -> Iterator[tuple[str, str]]:
    while True:
        yield "企业应当 ", ""


def _pieces(said: Sequence[Said], asked: Asked, size: int, *, broken: bool) -> Iterator[tuple[str, str]]:
    """The text in small pieces, each with the sentence that it ends, if it ends one."""

    def cut(text: str, ends: str) -> Iterator[tuple[str, str]]:
        for start in range(0, len(text), size):
            yield text[start : start + size], ends if start + size >= len(text) else ""

    if not asked.structured:
        for one in said:
            yield from cut(f"{one.text}{''.join(f'[{id_}]' for id_ in one.clauses)}\n", one.text)
        yield from cut("状态：完整" if asked.chinese else "Status: complete", "")
        return
    yield from cut('{"sentences": [', "")
    for i, one in enumerate(said):
        text = json.dumps({"text": one.text, "clauses": list(one.clauses)}, ensure_ascii=False)
        if broken:
            text = text[:-1] if i % 2 else text[: len(text) // 2] + '", ['
        yield from cut(f"{', ' if i else ''}{text}", one.text)
    yield from cut('], "status": "complete"}' if not broken else '}} "status', "")


def _event(handler: BaseHTTPRequestHandler, text: str, *, stop: bool = False) -> None:
    choice = {
        "index": 0,
        "delta": {} if stop else {"role": "assistant", "content": text},
        "finish_reason": "stop" if stop else None,
    }
    chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "scripted", "choices": [choice]}
    handler.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
    handler.wfile.flush()


def _refused(handler: BaseHTTPRequestHandler, status: int, message: str) -> None:
    body = json.dumps({"error": {"message": message, "type": "error", "code": None}}).encode()
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def _sentences(asked: Asked) -> Iterator[tuple[str, str]]:
    pattern = re.compile(r"[^。！？；]+[。！？；]?") if asked.chinese else re.compile(r".+?(?:[.!?](?=\s[A-Z])|$)")
    for id_, text in asked.clauses:
        for match in pattern.finditer(text):
            if match[0].strip(" 。；;.:："):
                yield id_, match[0].strip()


def _paraphrased(text: str, nth: int) -> str:
    """The sentence as a careful writer would put it: another opening, other words of duty and joining."""
    if re.search(r"[一-鿿]", text):
        text = _ITEM.sub("", text, count=1) if _ITEM.match(text) else text
        text = text.rstrip("。；：:")
        for old, new in (
            ("应当", "应"),
            ("不少于", "至少"),
            ("以及", "和"),
            ("不得", "不能"),
            ("能够", "可以"),
            ("或者", "或"),
        ):
            text = text.replace(old, new)
        return f"{('', '按照规定，', '此外，', '具体来说，')[nth % 4]}{text}。"
    text = text.rstrip(".;:")
    for old, new in (
        (" shall ", " must "),
        (" at least ", " no less than "),
        (" may ", " can "),
        (" in order to ", " to "),
    ):
        text = text.replace(old, new)
    opening = ("", "Under the rules, ", "In addition, ", "")[nth % 4]
    return f"{opening}{text[0].lower() + text[1:] if opening and text[1:2].islower() else text}."


def _changed(said: Said, change: Callable[[str], str]) -> Said:
    text = change(said.text)
    return Said(text, said.clauses, lie=text != said.text)


def _other_number(text: str) -> str:
    if not _FIGURE.search(text):
        return (
            f"{text.rstrip('。.')}，奖励金额为737万元。"
            if re.search(r"[一-鿿]", text)
            else f"{text.rstrip('.')}, up to 737 yuan."
        )
    return _FIGURE.sub(lambda m: str(int(float(m[0])) * 7 + 13), text, count=1)

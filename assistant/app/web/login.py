"""The login: one small page without a script, in Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from html import escape
from importlib.resources import files

from assistant.app.web.texts import texts


class Problem(Enum):
    """Why somebody was not let in."""

    WRONG = "wrong"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class _Words:
    code: str
    heading: str
    name: str
    password: str
    send: str
    problems: dict[Problem, str]
    help: str
    other: str
    other_code: str
    signed_in: str
    sign_out: str


_ZH = _Words(
    "zh-CN", "登录", "用户名", "密码", "登录",
    {Problem.WRONG: "用户名或密码不对，请重新输入。", Problem.TOO_MANY: "输错次数太多，请 15 分钟后再试，或联系管理员。"},
    "没有账号或忘记密码，请联系管理员。", "English", "en", "已登录：", "退出",
)  # fmt: skip
_EN = _Words(
    "en", "Sign in", "User name", "Password", "Sign in",
    {Problem.WRONG: "The user name or the password is wrong. Please try again.",
     Problem.TOO_MANY: "Too many wrong tries. Try again in 15 minutes, or ask your administrator."},
    "No account, or password forgotten? Ask your administrator.", "中文", "zh", "Signed in: ", "Sign out",
)  # fmt: skip


def page(language: str, problem: Problem | None = None, name: str = "", answer: str = "") -> str:
    """Return the page; what was wrong stands above the fields, and the name need not be typed again.

    `answer` is the answer whose link led here, to be shown afterwards.
    """
    t, words = texts(language), _EN if language == "en" else _ZH
    style = (files("assistant.app.web") / "login.css").read_text("utf-8")
    told = f'<p class="problem" role="alert">{escape(words.problems[problem])}</p>' if problem else ""
    onward = f"&amp;answer={escape(answer)}" if answer else ""
    focus = ("", " autofocus") if name else (" autofocus", "")
    return (
        f'<!doctype html><html lang="{words.code}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(words.heading)} · {escape(t.title)}</title><style>{style}</style></head><body><main>"
        f'<h1>{escape(t.title)}</h1><p class="tagline">{escape(t.tagline)}</p>'
        f'<form method="post" action="?lang={language}{onward}">{told}'
        f'<label>{escape(words.name)}<input name="name" value="{escape(name)}" autocomplete="username" required{focus[0]}></label>'
        f'<label>{escape(words.password)}<input name="password" type="password" autocomplete="current-password" required{focus[1]}></label>'
        f'<button>{escape(words.send)}</button></form><p class="help">{escape(words.help)}</p>'
        f'<p class="other"><a href="?lang={words.other_code}{onward}" lang="{words.other_code}">{words.other}</a></p>'
        "</main></body></html>"
    )


def corner(name: str, language: str) -> str:
    """Return who is signed in and the way out, for the head of the page; nothing where there is no login."""
    if not name:
        return ""
    words = _EN if language == "en" else _ZH
    told = f'<span class="as">{escape(words.signed_in)}</span>{escape(name)}'
    return f'<form method="post" action="/logout"><span>{told}</span> <button>{escape(words.sign_out)}</button></form>'

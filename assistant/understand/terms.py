"""The words of a question that carry its subject, as against those that only ask."""

from __future__ import annotations

from assistant.text import words

_ASKING = frozenset(
    """
    的 了 吗 呢 啊 吧 呀 么 嘛 什么 哪些 哪个 哪几 哪里 哪儿 哪 谁 怎么 怎样 怎么样 如何 多少 几 几个 为什么 为何 是 有 没有 要 我 我们 咱们 你 你们 您
    他们 它 他 她 可以 可 能 能够 能否 是否 不 没 会 该 应 应该 应当 需要 需 须 必须 得 请 请问 问 一下 想 想要 知道 告诉 关于 对 对于 和 与 或 或者 跟 及
    以及 在 被 把 给 让 从 到 向 为 为了 以 之 于 由 按 按照 根据 依据 等 这 那 这个 那个 这些 那些 这样 那么 其 所 而 且 并 也 都 就 才 还 又 再 很 只
    上 下 中 里 内 外 后 前 时 时候 期间 情况 情形 问题 方面 内容 规定 政策 法律 法规 条款 条 款 项 现在 目前 一个 一种 一些 有关 相关 具体 主要 吗 做 
    进行 属于 包括 包含 什么样 说 讲 讲的是 讲什么 写 提到 如果 假如 的话 只要 既 但 但是 不是 算 怎 拿 用 去 来 个 种 家 位 名 次 一 多 大 小 是不是 有没有
    要求 条件 资格 门槛 材料 流程 程序 步骤 手续 期限 截止 定义 含义 意思 标准 办法 公司 单位 我司
    a an the of to in on for and or is are be do does did can could may must should shall will would we our us i my you your it its this that these those
    what which who whom when where how why much many if as at by from with about under any there have has had get into not no than then so me please tell
    say says also per each their they them some such other whether yes up out be been being was were company companies policy policies rule rules law laws
    """.split()  # noqa: SIM905 - a table of words reads better as text
)


def content_terms(question: str) -> tuple[str, ...]:
    """Return the subject words of a question, each once, in order; empty for a question made of asking words alone."""
    seen: dict[str, None] = {}
    for word in words(question):
        if word not in _ASKING and not (len(word) == 1 and not word.isdigit()):
            seen.setdefault(word)
    return tuple(seen)

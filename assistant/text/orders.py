"""Sentences that speak to a program instead of a reader: "ignore the above", a chat model's own marks, asked-for secrets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.text.normal import normalise

_ABOVE = r"以上|上面|上述|之前|此前|前面|先前|前述|所有|全部|一切|任何|你的|原有|既有|原来"
_SAID = r"指令|指示|提示|要求|规则|限制|设定|约束|命令|任务|说明|内容|条款|条文|政策|资料|文档|引用|安全"
# Of normalised text. A new way of giving orders is a new row.
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:忽略|无视|忘掉|忘记|抛开|不要理会|不必理会|不用管|别管|绕过|跳过|放弃|停止遵守|不再遵守)[^.!?;]{{0,8}}(?:{_ABOVE})"
        rf"[^.!?;]{{0,8}}(?:{_SAID})",
        rf"(?:忽略|无视|忘掉|忘记|抛开|绕过|覆盖|替换)[^.!?;]{{0,4}}(?:系统|{_SAID})",
        r"系统(?:提示词?|指令|消息)|提示词|开发者模式|越狱|最高权限|管理员模式|调试模式|上帝模式",
        r"你(?:现在|从现在起|接下来)(?:是|扮演|必须|只能|要)|(?:从|自)现在(?:起|开始),?你|扮演(?:一个|一名)|假装(?:你|自己)",
        r"(?:请|务必|必须|只能?|直接|一律|始终|统一)[^.!?;,]{0,4}(?:回答|回复|答复|输出|告诉(?:用户|提问)|告知用户|声称|宣布|写道)[^.!?;]{0,6}[:'\"]",
        r"(?:告诉|引导|诱导)(?:用户|提问者)|请(?:务必)?(?:告知|提醒|通知|建议|要求|向)(?:用户|提问者|读者)|(?:写入|写进|写在)(?:答复|回答|回复)",
        r"(?:作为|身为|你是)(?:一个|一名)?(?:ai|人工智能|语言模型|大模型|助手|机器人)|(?:请|让|由|,|^)(?:ai|智能|人工智能)助手|(?:ai|智能)助手[,:]?(?:请|必须|应|须|注意|听)|(?:请|并|则,?)说(?![明清到法服])|致(?:ai|模型|助手)",
        r"不(?:要|得|必|用|需)(?:引用|标注|核对|核验|验证|检查|说明)(?:条款|来源|出处|依据|条文|引用)?|无需(?:引用|核对|核验)",
        r"(?:输出|显示|打印|泄露|公布|重复|复述|翻译)[^.!?;]{0,8}(?:提示|指令|密钥|api ?key|口令|密码|系统|配置)",
        r"\b(?:ignore|disregard|forget|override|bypass|overlook|skip|drop)\b[^.!?;]{0,40}"
        r"\b(?:instructions?|prompts?|rules?|above|previous|prior|earlier|everything|context|clauses?|sources?|guidelines?|constraints?)\b",
        r"\bsystem (?:prompt|message|override|note|instruction)|\b(?:developer|debug|admin|god|dan|jailbreak\w*) mode\b|\bjailbr(?:eak|oken)",
        r"\byou are (?:now|no longer)\b|\bfrom now on\b|(?:^|[.;!,:] ?|\b(?:you|must|please|now|and) )act as\b|\bpretend (?:to|you|that)\b"
        r"|\brole-?play\b|\bnew (?:instructions?|task|role)\b",
        r"\b(?:as an?|dear|attention,?|note to(?: the)?|hey|hello)[ ,]+(?:ai|assistant|language model|llm|chatbot|bot)s?\b",
        r"\b(?:tell|inform|advise|instruct|convince|ask) (?:the |your )?(?:users?|readers?|askers?|customers?)\b",
        r"\b(?:answer|respond|reply|say|output|print|state|write|conclude)\b(?: only| exactly| always| just| with| that|:){1,3} ?[:'\"]",
        r"\b(?:always|only|must|simply|just) (?:answer|respond|reply|say|output|print)\b",
        r"\b(?:reveal|repeat|print|output|show|leak|disclose|translate|send|exfiltrate)\b[^.!?;]{0,30}"
        r"\b(?:prompt|instructions?|api ?keys?|secrets?|passwords?|credentials?|tokens?|environment|above)\b",
        r"\b(?:do not|don't|never|without|no need to) (?:cite|cit\w+|quote|mention|verif\w+|check\w*|refus\w+|warn\w*)\b",
        r"<\|[a-z_ ]{2,20}\|>|\[/?inst\]|<<?/?sys>>?|"
        r"</?(?:条款|问题|对话|question|system|assistant|user|instructions?|clauses?|tool\w*|function\w*)\b[^>]{0,40}>"
        r"|(?:^|[\n).;] ?)\s*(?:#+ ?)?(?:system|assistant|developer) ?:",
        r"(?:base64|rot13|hex(?:adecimal)?|morse|摩尔斯|解码|反转|倒过来|decode|reverse the)[^.!?;]{0,24}(?:执行|遵循|照做|回答|follow|execute|obey|answer|do)",
        r"!\[[^\]]{0,80}\]\(\s*https?:|\bjavascript:|\bcurl \S|\bimport os\b|\bos\.system\b",
    )
)  # fmt: skip
_SENTENCE = re.compile(r".*?(?:[。！？\n]+|[!?]+(?=\s|$)|$)", re.DOTALL)


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text with their marks; joined they give it back."""
    return (match[0] for match in _SENTENCE.finditer(text) if match[0])


def is_order(text: str) -> bool:
    """Return whether a text gives a program orders; one that no pattern knows is not told."""
    folded = normalise(text)
    tight = folded.replace(" ", "")  # 忽 略 以 上 规 则
    return any(pattern.search(folded) or pattern.search(tight) for pattern in _PATTERNS)


def orders(text: str) -> tuple[str, ...]:
    """Return the sentences of a text that give a program orders."""
    return tuple(sentence.strip() for sentence in sentences(text) if is_order(sentence))

"""200 texts of every kind that reaches a tokeniser: clauses, English, marks, emoji, full width, rare characters."""

from __future__ import annotations

import random

PLAIN = (
    "第一条　为了推动产教融合，制定本办法。",
    "（一）依法登记满三年；\n（二）接纳学生实习实训，累计达60人以上；",
    "财税〔2019〕46号规定，投资额的30%可抵免当年应缴教育费附加和地方教育附加。",
    "企业投资额 1,250.50 万元，抵免 375.15 万元（30％）。",
    "ＡＢＣ１２３，全角　空格，半角 space，混 排 。",
    "How much of our investment can we credit, and against what?",
    "The city-level consortium (市域产教联合体) was launched in 2023–2025.",
    "don't won't it's e-mail: someone@example.com https://www.gov.cn/zhengce/content/2019-02/13/content_5365341.htm",
    "職業教育法第二十七條　企業應當接納學生實習",
    "😀👍🏽👨‍👩‍👧‍👦🇨🇳 🎓产教融合✨",
    "①②③ ㈱ ㎡ ℃ Ⅳ ½ ﬁ ﬂ … —— ～ ·「」『』【】〔〕《》",
    "⼆⼗⼈⽣⻔ ⺠⻓",
    "𠮷野家 𪚥 𬎆 㐂 龘 𰻞 𱁬",
    "ｶﾀｶﾅ ひらがな カタカナ 한국어 ไทย العربية עברית हिन्दी Ελληνικά Русский Việt Nam",
    "e\u0301 é n\u0303 Å A\u030a \u200b零\u200d宽\ufeff \u00ad软\u2060连",
    "a  b   c\td\ne\r\nf \u00a0 g\u3000h",
    "",
    " ",
    "。",
    "x",
    "１．２．３．４．５．６．７．８．９．",
    "▁metaspace ▁ in ▁▁ the text",
    "\ue000\uf8ff\U000f0000 private use \u0378 unassigned \U000e0041\U000e0042 tags",
    "\x01\x02\x08 control \x1b[31m \x7f \x85",
    "<b>加粗</b>&nbsp;&amp; ```code``` | 表 | 格 |",
    "SELECT * FROM 政策 WHERE 年份>=2019 AND 状态='有效';",
    "产教融合" * 40,
)
ALPHABETS = (
    "企业应当接纳学生实习实训职业教育产教融合型认证抵免附加投资总额县级以上人民政府有关部门和的在第条款项之一二三四五六七八九十百千万亿元",
    "abcdefghijklmnopqrstuvwxyz      ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "0123456789.,%-/()０１２３４５６７８９％",
    "，。；：、？！（）〔〕《》“”‘’—…·　 \n",
    "😀🎓✨🇨🇳👨‍👩‍👧①②㈠㎡℃Ⅷﬁﬀ½",
    "".join(map(chr, range(0x3400, 0x3440))) + "".join(map(chr, range(0x20000, 0x20040))) + "龘龖齉靐驫",
    "".join(map(chr, (*range(0xA0, 0x180), *range(0x370, 0x400), *range(0x400, 0x460), *range(0xAC00, 0xAC40)))),
)


def mixed_texts() -> list[str]:
    """Return the plain ones, and runs of random characters from several alphabets up to 200."""
    chance = random.Random(46)
    texts = list(PLAIN)
    while len(texts) < 200:
        runs = [
            "".join(chance.choices(chance.choice(ALPHABETS), k=chance.randint(1, 12)))
            for _ in range(chance.randint(1, 10))
        ]
        texts.append("".join(runs))
    return texts

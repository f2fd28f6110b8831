"""From which hosts texts are fetched, and what the command says where there is no network."""

from __future__ import annotations

import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from fetch_corpus import command, recorded
from pages import HOST

from assistant import config
from assistant import corpus as starter
from assistant.config import Settings
from assistant.corpus.load import read
from assistant.corpus.reading import Problem
from assistant.errors import ConfigError
from assistant.fetching import allowed


def test_only_names_of_hosts_are_settings(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('[fetch]\nhosts = ["gov.cn", "court.org.example"]\n', "utf-8")
    assert config.load(tmp_path).fetch.hosts == ("gov.cn", "court.org.example")
    for bad in ("*.gov.cn", "https://gov.cn", "gov.cn:8443", "127.0.0.1", "localhost", ""):
        (tmp_path / "settings.toml").write_text(f'[fetch]\nhosts = ["{bad}"]\n', "utf-8")
        with pytest.raises(ConfigError, match=r"fetch\.hosts\.0: "):
            config.load(tmp_path)


def test_every_official_source_of_the_starter_corpus_is_on_an_allowed_host() -> None:
    folder, hosts = config.bundled("corpus"), Settings().fetch.hosts
    entries = [read(path, path.relative_to(folder).as_posix()) for path in starter.files(folder)]
    official = [s.url for e in entries if not isinstance(e, Problem) for s in e.sources if s.official]
    assert len(official) > 20
    assert [url for url in official if not allowed(urlsplit(url).hostname or "", hosts)] == []


def test_without_a_network_the_command_says_so_for_each_policy_and_ends_with_1(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def offline(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    folder, home = tmp_path / "bundled", tmp_path / "home"
    recorded(folder, one=f"https://{HOST}/one.html", two=f"https://{HOST}/two.html")
    home.mkdir()
    (home / "settings.toml").write_text("[fetch]\npause = 0\n", "utf-8")
    monkeypatch.setattr(config, "bundled", lambda name: folder if name == "corpus" else Path(name))
    monkeypatch.setattr(socket, "getaddrinfo", offline)
    status, (*lines, summary), complained = command("corpus", "fetch", "--home", home)
    assert (status, complained) == (1, ["This installation is new; the starter corpus is loaded first."])
    reason = f"{HOST} cannot be found ([Errno -3] Temporary failure in name resolution)."
    assert lines == [
        f"failed     {id_}  {reason} Is this computer connected to the internet?" for id_ in ("one", "two")
    ]
    assert summary.startswith("2 failed; 0 differences, ")

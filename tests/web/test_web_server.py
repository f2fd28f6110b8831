"""Serving: loopback only, a taken port is told, and the browser is forbidden to fetch from elsewhere."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from web_fakes import FakeAssistant

from assistant.app.web import application, build, listen
from assistant.errors import ConfigError


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "policy.example"])
def test_an_address_that_others_can_reach_is_refused(host):
    with pytest.raises(ConfigError, match="can be reached from other machines, and this page has no login"):
        listen(host, 0)


def test_a_taken_port_is_told_with_what_to_do():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(
            ConfigError, match=rf"Port {port} cannot be used \(Address already in use\)\. Choose another"
        ):
            listen(port=port)


def test_responses_forbid_the_browser_to_fetch_from_elsewhere():
    with TestClient(application(FakeAssistant()), base_url="http://127.0.0.1:7860") as client:
        response = client.get("/")
    assert response.status_code == 200
    policy = response.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy  # no other origin is named
    assert response.headers["referrer-policy"] == "no-referrer"
    assert "fonts.googleapis" not in response.text
    assert "cdnjs" not in response.text


def test_a_site_that_points_its_own_name_at_this_machine_gets_nothing():
    with TestClient(application(FakeAssistant()), base_url="http://evil.example") as client:
        assert client.get("/").status_code == 400


def test_the_page_reports_to_nobody_and_offers_no_public_interface():
    blocks = build(FakeAssistant())
    assert blocks.analytics_enabled is False
    with TestClient(application(FakeAssistant()), base_url="http://127.0.0.1:7860") as client:
        assert client.get("/gradio_api/info").json()["named_endpoints"] == {}


def test_serving_tells_the_address_and_ends_quietly_even_while_a_page_is_open():
    script = "from web_fakes import FakeAssistant; from assistant.app.web import listen, serve\n"
    script += "serve(FakeAssistant(), listen(port=0), open_browser=False)"
    root = Path(__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        stderr=subprocess.PIPE,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": f"{Path(__file__).parent}{os.pathsep}{root}"},
    )
    try:
        assert process.stderr
        told = process.stderr.readline()
        address = re.fullmatch(r"The assistant is at (http://127\.0\.0\.1:\d+) \(stop with Ctrl\+C\)\.\n", told)
        assert address, told
        with urllib.request.urlopen(f"{address[1]}/gradio_api/heartbeat/abc", timeout=10) as page:
            page.readline()
            process.send_signal(signal.SIGINT)
            assert process.wait(15) == 0
        assert process.stderr.read() == ""
    finally:
        process.kill()
        process.wait()

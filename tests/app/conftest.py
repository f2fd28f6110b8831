"""What the tests of the outside share: the command line, inside this process or as a program of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant.app import cli

COMMAND = (sys.executable, "-c", "from assistant.app.start import main; main()")

RULES = """某省校企合作办法

第一条　本办法适用于本省的职业学校和企业。

第二条　企业申请认定为合作企业，应当符合下列条件：
（一）在本省注册满三年；
（二）近三年接收实习学生六十人以上；
（三）没有重大安全事故。

第三条　符合条件的企业，可以获得五十万元的一次性补助。

第四条　企业应当在每年三月底前向教育主管部门提出申请。
"""


@dataclass(frozen=True)
class Done:
    """How a run of the command line ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def complaint(self) -> str:
        """The one line on the error stream; fails where it is more or less than one."""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert "Traceback" not in self.err
        return lines[0]


class CommandLine:
    """`assistant` with the installation of a folder."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def __call__(self, *args: object) -> Done:
        """Run a command inside this process, with streams that hold ASCII only until the program changes that."""
        out, err = io.BytesIO(), io.BytesIO()
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(sys, "argv", ["assistant", *map(str, args)])
            patched.setattr(sys, "stdout", stdout := io.TextIOWrapper(out, "ascii"))
            patched.setattr(sys, "stderr", stderr := io.TextIOWrapper(err, "ascii"))
            patched.setenv("ASSISTANT_HOME", str(self.home))
            with pytest.raises(SystemExit) as ended:
                cli.main()
            stdout.flush()
            stderr.flush()
        return Done(int(ended.value.code or 0), out.getvalue().decode("utf-8"), err.getvalue().decode("utf-8"))

    def start(self, *args: object, env: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
        """Start a command as a program of its own."""
        return subprocess.Popen(
            [*COMMAND, *map(str, args)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "ASSISTANT_HOME": str(self.home), **(env or {})},
        )

    def apart(self, *args: object, env: dict[str, str] | None = None) -> Done:
        """Run a command as a program of its own."""
        process = self.start(*args, env=env)
        out, err = process.communicate(timeout=120)
        return Done(process.returncode, out.decode("utf-8"), err.decode("utf-8"))


@pytest.fixture
def fresh(tmp_path: Path) -> CommandLine:
    """The command line over a folder where nothing is yet."""
    return CommandLine(tmp_path / "home")


@pytest.fixture(scope="session")
def nowhere(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    """The command line over a folder where nothing is, for commands that need no installation."""
    return CommandLine(tmp_path_factory.mktemp("nowhere") / "home")


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    """The command line over an installation with one document; tests leave it as it is."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "办法.md").write_text(RULES, "utf-8")
    line = CommandLine(folder / "home")
    assert line("ingest", folder / "办法.md").status == 0
    return line


@pytest.fixture(scope="session")
def starter(starter_home: Path) -> CommandLine:
    """The command line over the starter corpus; tests leave it as it is."""
    return CommandLine(starter_home)

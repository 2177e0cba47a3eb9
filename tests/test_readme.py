"""Every command and every piece of Python in README.md is run, in order, and gives what the README shows.

In blocks marked console, bash or sh a line that starts with "$ " is a command and the lines below it are its output, where
"..." stands for anything. Blocks marked python are run; those with ">>>" have to give what they show. What stands for a
visitor's own act is answered in kind: `git clone` and `cd` have happened (the commands run in a copy of the checkout), servers
get a free port and go on until the last command, `curl` asks them, and of the make targets that would run this very test
only the plan is made.
"""

import doctest
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHELL = {"console", "bash", "sh"}
NOT_COPIED = shutil.ignore_patterns(
    ".git", ".venv", "build", "dist", "__pycache__", ".*_cache", ".hypothesis", ".coverage*", "onrecord.lock"
)
PLANNED_ONLY = {"test", "check", "bench", "lint", "lock", "clean"}
# What an outer make hands down, and what a terminal or a test run sets.
NOT_A_READERS = {
    *("MAKEFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "MFLAGS", "ARGS", "PORT", "PYTHON"),
    *("PYTHONPATH", "COLUMNS", "FORCE_COLOR", "POLARS_MAX_THREADS"),
}
START_SECONDS = 60
PORT = re.compile(r"(?<=127\.0\.0\.1:)\d+|(?<=localhost:)\d+")
LIKE_SHOWN = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


class Untrue(Exception):
    """A step of the README ended otherwise than a reader would expect."""


@dataclass(frozen=True, slots=True)
class Step:
    """A command, or a block of Python, with the output that is shown below it (None: nothing is)."""

    line: int
    language: str
    text: str
    shown: str | None = None


def blocks(markdown: str) -> Iterator[tuple[int, str, list[str]]]:
    """Each fenced block: the number of its first line, its language, its lines."""
    language, start, body = None, 0, list[str]()
    for number, line in enumerate(markdown.splitlines(), 1):
        if language is None and (opening := re.match(r"```(\w+)", line)):
            language, start, body = opening[1], number + 1, []
        elif language is not None and line.startswith("```"):
            yield start, language, body
            language = None
        else:
            body.append(line)


def commands(start: int, lines: list[str]) -> Iterator[Step]:
    """The commands of a shell block, each with its continued lines and its output."""
    heads = [index for index, line in enumerate(lines) if line.startswith("$ ")]
    for head, after in zip(heads, [*heads[1:], len(lines)], strict=True):
        first = head
        while lines[first].endswith("\\") and first + 1 < after:
            first += 1
        text = "\n".join(lines[head : first + 1]).removeprefix("$ ").replace("\n> ", "\n")
        shown = "\n".join(lines[first + 1 : after]).strip()
        yield Step(start + head, "shell", text, shown or None)


def steps(markdown: str) -> Iterator[Step]:
    for start, language, lines in blocks(markdown):
        if language in SHELL:
            yield from commands(start, lines)
        elif language == "python":
            yield Step(start, "python", "\n".join(lines))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def fetch(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            text: str = answer.read().decode("utf-8")
            return text
    except urllib.error.HTTPError as error:
        raise Untrue(f"{url} answers {error.code}: {error.read().decode('utf-8')[:300]}") from error


def answers(url: str) -> bool:
    try:
        return bool(fetch(url))
    except (Untrue, urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def await_answer(server: subprocess.Popen[str], url: str, log: Path) -> None:
    """Wait until the server answers; the pause between two attempts is the wait for its end."""
    for _ in range(START_SECONDS * 10):
        if answers(url):
            return
        try:
            server.wait(timeout=0.1)
        except subprocess.TimeoutExpired:
            continue
        raise Untrue(f"ended with {server.returncode} before it answered: {log.read_text('utf-8')}")
    raise Untrue(f"no answer within {START_SECONDS} s: {log.read_text('utf-8')}")


@dataclass
class Workshop:
    """A copy of the checkout in which the README is followed, and the server that runs there."""

    folder: Path
    until_end: ExitStack
    port: int = field(default_factory=free_port)

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in NOT_A_READERS}
        binaries = f"{self.folder / '.venv' / 'bin'}{os.pathsep}{kept.get('PATH', '')}"
        return kept | {"PATH": binaries, "TERM": "dumb", "LC_ALL": "C.UTF-8"}

    def run(self, command: list[str], name: str) -> str:
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise Untrue(f"{name} ended with {done.returncode}: {done.stdout}")
        return done.stdout

    @contextmanager
    def server(self, command: str) -> Iterator[str]:
        """Start a server, give what it says until it answers, and end it after the block as Ctrl-C would."""
        log = self.folder / "server.log"
        with (
            log.open("w") as output,
            subprocess.Popen(
                ["bash", "-c", command],
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            ) as server,
        ):
            try:
                await_answer(server, f"http://127.0.0.1:{self.port}/", log)
                yield log.read_text("utf-8")
            finally:
                if server.poll() is None:
                    os.killpg(server.pid, signal.SIGINT)
                    server.wait(timeout=20)

    def serve(self, command: str) -> str:
        self.until_end.close()
        self.port = free_port()
        port = f"PORT={self.port}" if command.startswith("make") else f"--port {self.port}"
        return self.until_end.enter_context(self.server(f"{command} {port}"))

    def follow(self, step: Step) -> str:
        """Do one step and give its output."""
        if step.language == "python":
            return self.python(step)
        words = shlex.split(step.text, comments=True)
        match [Path(words[0]).name, *words[1:]]:
            case ["git", "clone", *_] | ["cd", _]:
                return ""
            case ["make", "serve", *_] | ["onrecord", "serve", *_] if "--help" not in words:
                return self.serve(" ".join(shlex.quote(word) for word in words if not word.startswith("PORT=")))
            case ["make", target, *_] if target in PLANNED_ONLY:
                return self.run([*words, "--dry-run"], step.text)
            case ["curl", *arguments]:
                (url,) = (word for word in arguments if "://" in word)
                return fetch(PORT.sub(str(self.port), url))
        return self.run(["bash", "-c", PORT.sub(str(self.port), step.text)], step.text)

    def python(self, step: Step) -> str:
        file = self.folder / "example.py"
        file.write_text(f'r"""\n{step.text}\n"""\n' if ">>>" in step.text else step.text, "utf-8")
        options = ["-m", "doctest", "-o", "ELLIPSIS", "-o", "NORMALIZE_WHITESPACE"] if ">>>" in step.text else []
        return self.run([sys.executable, *options, str(file)], "the Python")


def alike(shown: str, output: str) -> bool:
    """Whether an output is the one that is shown, on whatever port."""
    wanted, got = (f"{PORT.sub('PORT', text)}\n" for text in (shown, output))
    return doctest.OutputChecker().check_output(wanted, got, LIKE_SHOWN)


def difference(step: Step, workshop: Workshop) -> str | None:
    """What is wrong with a step of the README, in words; None where it does what it shows."""
    try:
        output = workshop.follow(step)
    except (Untrue, OSError, ValueError, subprocess.SubprocessError) as error:
        return f"README.md:{step.line}: {step.text}\n{error}"
    if step.shown is None or alike(step.shown, output):
        return None
    return f"README.md:{step.line}: {step.text}\nexpected\n{step.shown}\nfound\n{output}"


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    if not (Path(sys.prefix) / ".installed").is_file():
        pytest.skip("the README's commands need the environment that make test makes")
    folder = tmp_path / "a copy of onrecord"
    shutil.copytree(ROOT, folder, ignore=NOT_COPIED)
    (folder / ".venv").symlink_to(sys.prefix)
    # Older than the stamp whatever was edited since, so that make never points the environment at this copy.
    for name in ("pyproject.toml", "requirements.lock"):
        os.utime(folder / name, (0, 0))
    with ExitStack() as until_end:
        yield Workshop(folder, until_end)


def test_the_readme_is_true(workshop: Workshop) -> None:
    told = list(steps((ROOT / "README.md").read_text("utf-8")))
    assert "make serve" in [step.text for step in told]
    found = [difference(step, workshop) for step in told]
    assert [line for line in found if line] == []


def test_steps_are_read_with_their_lines_continuations_and_output() -> None:
    console = "```console\n$ one \\\n>   two\n1 2\n...\n\n$ three\n```"
    markdown = f"# Title\n\n{console}\n\n```text\n$ not this\n```\n```python\nx = 1\n```\n"
    assert list(steps(markdown)) == [
        Step(4, "shell", "one \\\n  two", "1 2\n..."),
        Step(9, "shell", "three"),
        Step(16, "python", "x = 1"),
    ]


@pytest.mark.parametrize(
    ("step", "problem"),
    [
        (Step(7, "shell", "echo 'a  b c'", "a b ..."), None),
        (Step(7, "shell", "echo b", "a"), "README.md:7: echo b\nexpected\na\nfound\nb\n"),
        (Step(7, "shell", "echo no; exit 3"), "README.md:7: echo no; exit 3\necho no; exit 3 ended with 3: no\n"),
        (Step(7, "shell", "git clone somewhere && cd it"), None),
        (Step(7, "shell", "make test", "...-m pytest..."), None),
        (Step(7, "shell", "make nonsense"), "README.md:7: make nonsense\n..."),
        (Step(7, "python", ">>> 1 + 1\n2"), None),
        (Step(7, "python", ">>> 1 + 1\n3"), "README.md:7: >>> 1 + 1\n3\nthe Python ended with 1..."),
        (Step(7, "python", "raise SystemExit('no')"), "README.md:7: raise SystemExit('no')\nthe Python ended with 1: no\n"),
    ],
    ids=lambda value: value.text if isinstance(value, Step) else "",
)
def test_a_step_that_does_not_do_what_it_shows_is_named(step: Step, problem: str | None, workshop: Workshop) -> None:
    assert alike(str(problem), str(difference(step, workshop)))


def test_a_server_is_asked_by_the_commands_after_it(workshop: Workshop) -> None:
    (workshop.folder / "word.txt").write_text("here\n", "utf-8")
    (workshop.folder / "onrecord").write_text(
        '#!/bin/sh\necho ready\nexec python -m http.server --bind 127.0.0.1 "$3"\n', "utf-8"
    )
    (workshop.folder / "onrecord").chmod(0o755)
    assert difference(Step(1, "shell", "./onrecord serve", "ready\n..."), workshop) is None
    assert difference(Step(2, "shell", "curl -s http://127.0.0.1:8001/word.txt", "here"), workshop) is None


def test_a_server_that_does_not_start_is_named_with_its_words(workshop: Workshop) -> None:
    (workshop.folder / "onrecord").write_text("#!/bin/sh\necho taken >&2\nexit 2\n", "utf-8")
    (workshop.folder / "onrecord").chmod(0o755)
    found = difference(Step(1, "shell", "./onrecord serve"), workshop)
    assert found == "README.md:1: ./onrecord serve\nended with 2 before it answered: taken\n"

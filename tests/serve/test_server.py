"""The server as a process: it listens, says where, and ends quietly; what keeps it from starting is one line."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from onrecord.datapackage import Package
from onrecord.errors import InputError, InvalidData, OutputError
from onrecord.serve import serve

Write = Callable[..., Package]

DEADLINE_SECONDS = 60


@contextmanager
def started(folder: Path, temporary: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server on a free port, with the address that it says it listens at."""
    temporary.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "onrecord", "serve", str(folder), "--port", "0", *options]
    environment = os.environ | {"TMPDIR": str(temporary), "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as process:
        deadline = threading.Timer(DEADLINE_SECONDS, process.kill)
        deadline.start()
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert " at http://127.0.0.1:" in line, process.communicate()
            yield process, line.split(" at ")[1].split()[0]
        finally:
            deadline.cancel()
            process.kill()


def asked(address: str) -> list[dict[str, object]]:
    with urlopen(address, timeout=DEADLINE_SECONDS) as answer:
        found: list[dict[str, object]] = json.load(answer)
    return found


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_over_http_until_it_is_told_to_stop(seals: Package, tmp_path: Path, ending: signal.Signals) -> None:
    temporary = tmp_path / "temporary"
    with started(seals.folder, temporary) as (process, address):
        assert len(asked(f"{address}/seals/figures.json?_shape=array")) == 4
        assert len(list(temporary.iterdir())) == 1
        process.send_signal(ending)
        rest, errors = process.communicate()
    assert (process.returncode, rest, errors) == (0, "", "")
    assert list(temporary.iterdir()) == []


def test_two_servers_run_at_once(write_seals: Write, tmp_path: Path) -> None:
    one, two = write_seals("one", name="one"), write_seals("two", name="two")
    with started(one.folder, tmp_path / "temporary") as (_, here), started(two.folder, tmp_path / "temporary") as (_, there):
        assert asked(f"{here}/one/speakers.json?_shape=array") == asked(f"{there}/two/speakers.json?_shape=array")


def test_a_port_in_use_is_one_line_that_says_what_to_do(seals: Package) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(InputError) as caught:
            serve([seals.folder], "127.0.0.1", port)
    assert str(caught.value) == (
        f"expected a free port at 127.0.0.1, found {port} in use; choose another with --port (make serve PORT=...)"
    )


@pytest.mark.parametrize("host", ["192.0.2.1", "h" * 70])
def test_an_address_that_is_not_ours_is_told(seals: Package, host: str) -> None:
    with pytest.raises(InputError, match=rf"expected to listen on {host}, port 8001, but: .*; choose others with --host"):
        serve([seals.folder], host, 8001)


def test_a_broken_package_ends_the_start_and_leaves_nothing(
    write_seals: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = write_seals()
    (package.folder / "data/figures.csv").unlink()
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    with pytest.raises(InvalidData, match=r"figures\.csv"):
        serve([package.folder], "127.0.0.1", 0)
    assert list(temporary.iterdir()) == []


def test_a_machine_without_a_place_for_temporary_files_is_told(seals: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/nowhere")
    with pytest.raises(OutputError, match=r"expected a folder for temporary files, but: no such file.*; set TMPDIR"):
        serve([seals.folder], "127.0.0.1", 0)


def test_two_packages_of_one_name_are_not_mixed(write_seals: Write) -> None:
    one, two = write_seals("one"), write_seals("two")
    with pytest.raises(InputError, match=r"expected packages of different names, found seals at .*one and at .*two"):
        serve([one.folder, two.folder], "127.0.0.1", 0)


@pytest.mark.parametrize("name", ["../seals", "-", "_internal", "Seals"])
def test_a_name_that_would_lead_elsewhere_is_refused(write_seals: Write, name: str) -> None:
    package = write_seals()
    descriptor = package.folder / "datapackage.json"
    descriptor.write_text(descriptor.read_text().replace('"name": "seals"', f'"name": "{name}"', 1))
    with pytest.raises(InvalidData, match="expected a package's name in lower-case letters"):
        serve([package.folder], "127.0.0.1", 0)

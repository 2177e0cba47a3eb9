"""The server as a process: it listens, says where, and ends quietly; what keeps it from starting is one line."""

import signal
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.datapackage import Package
from onrecord.errors import InputError, InvalidData, OutputError
from onrecord.serve import serve
from serve.running import asked, started

Write = Callable[..., Package]


def test_two_servers_serve_over_http_until_they_are_told_to_stop(write_seals: Write, tmp_path: Path) -> None:
    one, two = write_seals("one", name="one"), write_seals("two", name="two")
    temporary = tmp_path / "temporary"
    with started(one.folder, temporary) as (here, at_one), started(two.folder, temporary) as (there, at_two):
        assert len(asked(f"{at_one}/one/figures.json?_shape=array")) == 4
        assert asked(f"{at_one}/one/speakers.json?_shape=array") == asked(f"{at_two}/two/speakers.json?_shape=array")
        assert len(list(temporary.iterdir())) == 2
        for process, ending in ((here, signal.SIGINT), (there, signal.SIGTERM)):
            process.send_signal(ending)
            rest, errors = process.communicate()
            assert (process.returncode, rest, errors) == (0, "", "")
    assert list(temporary.iterdir()) == []


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

"""What docs/deploy/ tells to do works: several processes on one socket, and nginx before them."""

import os
import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from asking import application

from onrecord.datapackage import Package
from serve.running import answering, started

DEPLOY = Path(__file__).resolve().parents[2] / "docs" / "deploy"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def test_several_processes_answer_on_one_socket(seals: Package, tmp_path: Path) -> None:
    with started(seals.folder, tmp_path / "temporary", "--workers", "2") as (process, address):
        answers = {urlopen(f"{address}/seals/figures.csv", timeout=60).read() for _ in range(4)}
        assert len(answers) == 1
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate()
    assert "Traceback" not in errors
    assert list((tmp_path / "temporary").iterdir()) == []


@contextmanager
def before(address: str, folder: Path) -> Iterator[str]:
    """nginx with the configuration of the docs before a server, on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    text = (DEPLOY / "nginx.conf").read_text().replace("127.0.0.1:8001", address.removeprefix("http://"))
    text = text.replace("127.0.0.1:8080", f"127.0.0.1:{port}").replace("/var/cache/nginx/onrecord", str(folder / "cache"))
    text = text.replace("/run/nginx-onrecord.pid", str(folder / "pid")).replace("/var/log/nginx", str(folder))
    configuration = folder / "nginx.conf"
    user = "user root;\n" if os.geteuid() == 0 else ""  # its processes must reach the test's folder
    configuration.write_text(user + text)
    command = [str(NGINX), "-c", str(configuration), "-e", str(folder / "start.log"), "-p", str(folder)]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    subprocess.run(command, check=True)  # listens when it returns
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        subprocess.run([*command, "-s", "quit"], check=True)


@pytest.mark.skipif(NGINX is None, reason="no nginx here (Debian: apt-get install nginx-light)")
def test_nginx_keeps_pages_and_passes_on_the_headers(seals: Package, tmp_path: Path) -> None:
    with answering(application([seals], tmp_path)) as behind, before(behind, tmp_path) as address:
        answers = [urlopen(Request(f"{address}/seals/figures", headers={"Cookie": f"a={n}"}), timeout=60) for n in range(3)]
        assert [answer.headers["X-Cache"] for answer in answers] == ["MISS", "HIT", "HIT"]
        assert len({answer.read() for answer in answers}) == 1
        assert "frame-ancestors" in answers[2].headers["Content-Security-Policy"]
        assert answers[2].headers["ETag"].startswith('W/"')


def test_the_unit_and_the_image_call_serve_with_options_that_it_has() -> None:
    unit, image = (DEPLOY / name for name in ("onrecord.service", "Dockerfile"))
    called = set(re.findall(r"--(?:port|host|workers)\b", unit.read_text() + image.read_text()))
    assert called == {"--port", "--host", "--workers"}
    for copied in re.findall(r"^COPY (.*) \S+$", image.read_text(), re.MULTILINE):
        assert all((DEPLOY.parents[1] / name).exists() for name in copied.split())

"""SHA256SUMS: which files a version has, each with its digest; and the signature that says who stands for it."""

import re
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from onrecord.datapackage import SIGNATURE, SUMS
from onrecord.errors import InputError, InvalidData
from onrecord.paths import failure
from onrecord.store import inside

NAMESPACE = "onrecord"
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def parse_manifest(data: bytes, where: str) -> Mapping[str, str]:
    r"""The files of a version with their digests.

    Args:
        data: the bytes of its SHA256SUMS.
        where: the address they came from, for the message.

    Raises:
        InvalidData: a line is not "digest  path", a path leads out of the package, is there twice or is a folder of another.

    >>> parse_manifest(b"0" * 64 + b"  data/a.csv\n", "SHA256SUMS") == {"data/a.csv": "0" * 64}
    True
    """
    files: dict[str, str] = {}
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
        match = _LINE.fullmatch(line)
        if not match:
            expected = "expected a digest, two spaces and a path"
            raise InvalidData(f"{expected} in line {number} of {where}, found {line[:80]!r}; tell its publisher")
        path = inside(match[2], where)
        if path in files or path in {SUMS, SIGNATURE}:
            raise InvalidData(f"expected each file once and neither {SUMS} nor its signature in {where}, found {path!r} there")
        files[path] = match[1]
    folders = {"/".join(path.split("/")[:depth]) for path in files for depth in range(1, path.count("/") + 1)}
    if both := sorted(folders & files.keys()):
        raise InvalidData(f"expected a file or a folder in {where}, found {both[0]!r} to be both; tell its publisher")
    return files


def check_signature(manifest: bytes, signature: bytes | None, signers: Path, what: str) -> str:
    """Make sure that one of the allowed signers has signed a manifest.

    Args:
        manifest: the bytes of SHA256SUMS.
        signature: the bytes of its signature; None where there is none.
        signers: who may sign, in the form of ssh-keygen's ALLOWED SIGNERS.
        what: the version, for the message.

    Returns:
        The signer, as the file of signers names them.

    Raises:
        InputError: there is no file of signers, or no ssh-keygen.
        InvalidData: there is no signature, or none that is good.
    """
    if not signers.is_file():
        raise InputError(f"expected a file of allowed signers, found none at {signers}; see ssh-keygen(1), ALLOWED SIGNERS")
    if signature is None:
        raise InvalidData(f"expected {what} to be signed by one of {signers}, found no signature; ask its publisher for one")
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        file = Path(folder) / SIGNATURE
        file.write_bytes(signature)
        names = _ssh_keygen("find-principals", "-f", signers, "-s", file).stdout.decode("utf-8", "replace").splitlines()
        for name in names:
            words = ("verify", "-f", signers, "-I", name, "-n", NAMESPACE, "-s", file)
            if _ssh_keygen(*words, given=manifest).returncode == 0:
                return name
    found = f"one of {', '.join(names)} that does not fit" if names else "one of somebody else"
    raise InvalidData(f"expected a good signature of {what} by one of {signers}, found {found}; do not use these files")


def _ssh_keygen(*words: str | Path, given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    try:
        return subprocess.run(["ssh-keygen", "-Y", *words], input=given, capture_output=True, check=False)
    except OSError as error:
        raise InputError(f"expected ssh-keygen to check a signature, but: {failure(error)}; install OpenSSH") from error

"""The signature of a release: `SHA256SUMS.sig`, made by ssh-keygen over the manifest that pins all files.

`ssh-keygen -Y verify -f SIGNERS -I WHO -n onrecord -s SHA256SUMS.sig < SHA256SUMS` checks it anywhere. With an ed25519 key the
same manifest gives the same signature.
"""

import subprocess
from pathlib import Path

from onrecord.errors import InputError

NAMESPACE = "onrecord"


def sign(manifest: Path, key: Path) -> Path:
    """Sign a manifest.

    Args:
        manifest: the file to sign.
        key: a private key of OpenSSH, or the public one whose private one an agent holds.

    Returns:
        The signature's path: the manifest's with `.sig` behind.

    Raises:
        InputError: there is no such key, it cannot be used, or ssh-keygen is not there.
    """
    if not key.is_file():
        raise InputError(f"expected a key of OpenSSH to sign with, found none at {key}; make one with ssh-keygen -t ed25519")
    command = ["ssh-keygen", "-Y", "sign", "-n", NAMESPACE, "-f", str(key), str(manifest)]
    try:
        subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=True, text=True)
    except FileNotFoundError as error:
        raise InputError("expected the program ssh-keygen, found none; install OpenSSH or release without --sign") from error
    except subprocess.CalledProcessError as error:
        reason = " ".join(error.stderr.split()) or f"it ended with {error.returncode}"
        raise InputError(f"expected ssh-keygen to sign with {key}, but: {reason}; use another key or unlock it") from error
    return manifest.with_name(f"{manifest.name}.sig")

"""A researcher's side: a published version, found, fetched, checked and put down where it is wanted.

- `reference` reads NAME@RANGE and picks a version, `lock` keeps the choice in `onrecord.lock`;
- `resolve` finds the version in its catalog: the index, its notices, the manifest that pins every byte, its signature;
- `cache` holds files by their digest, `download` brings one into it whatever the connection does;
- `run` composes them; `place` puts the files into a folder that is a valid package, whole or not at all.

Nothing gets its name before its digest is right, and nothing is written outside of the cache and the target's folder.
"""

from onrecord.pull.run import Pulled, download, pull

__all__ = ["Pulled", "download", "pull"]

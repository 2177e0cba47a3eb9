"""The public site in the test's own process, asked as over HTTP."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from onrecord.datapackage import Package
from onrecord.serve import application_for, build_database


def application(packages: list[Package], folder: Path, allow_sql: bool = False) -> Any:
    """The site of these packages as an ASGI application, guard and all; its databases go into the folder."""
    databases = [folder / f"{package.name}.db" for package in packages]
    for package, database in zip(packages, databases, strict=True):
        build_database(package, database)
    return application_for(packages, databases, allow_sql=allow_sql)


def asking(app: Any) -> Callable[..., httpx.Response]:
    """A function that asks an ASGI application for an address."""

    async def answer(address: str, method: str, headers: dict[str, str]) -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://site.example") as client:
            return await client.request(method, address, headers=headers)

    return lambda address, method="GET", **headers: asyncio.run(answer(address, method, headers))

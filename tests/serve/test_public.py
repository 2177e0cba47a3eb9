"""What a public site guards: no SQL of visitors', no path, no hidden page, headers on each answer; limits where SQL is on."""

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from asking import application, asking

from onrecord.datapackage import Package
from onrecord.serve import build_database, datasette_for
from onrecord.serve.answers import policy
from onrecord.serve.frozen import ANSWER_BYTES
from onrecord.serve.guard import CLOSED

Visit = Callable[..., httpx.Response]
Write = Callable[..., Package]

# fmt: off
PAGES = (
    "/", "/seals", "/seals/figures", "/seals/articles/seals", "/seals/who-said-what", "/seals/figures.json", "/seals.jsonld",
    "/seals/figures.csv", "/seals.atom", "/robots.txt", "/sitemap.xml", "/nowhere", "/seals/nowhere", "/seals/figures/none",
    "/-/versions.json", "/-/plugins.json", "/-/databases.json", "/-/metadata.json", "/-/settings.json", "/-/threads",
    "/seals/figures?_sort=nothing", "/seals?sql=select+1", "/seals.csv", "/-/static/app.css", "/%ff",
)
# fmt: on

ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
NUMBERS = "with recursive n(i) as (select 1 union all select i + 1 from n"
HEAVY = "select hex(randomblob(3e8))"


@pytest.fixture(scope="module")
def asker(seals: Package, tmp_path_factory: pytest.TempPathFactory) -> Visit:
    """Asks a site that takes visitors' SQL."""
    return asking(application([seals], tmp_path_factory.mktemp("sql"), allow_sql=True))


@pytest.mark.parametrize("address", PAGES)
def test_every_answer_carries_the_headers_and_no_path(visit: Visit, tmp_path: Path, address: str) -> None:
    answer = visit(address)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.status_code < 500
    assert re.findall(r"(?:/tmp/|/home/|/usr/|/root/|site-packages)[^\"'<\s]*", answer.text + str(answer.headers)) == []
    assert str(tmp_path.parents[1]) not in answer.text


def test_no_inline_script_is_allowed_but_datasettes_own_by_hash(visit: Visit) -> None:
    scripts = visit("/seals/figures").headers["content-security-policy"].split("script-src ")[1].split(";")[0]
    assert "unsafe-inline" not in scripts
    assert scripts.count("sha256-") == 4


def test_styles_may_stand_inline_only_where_a_template_puts_them() -> None:
    assert "unsafe-inline" not in policy(b"<p>style=&#34;color: red&#34; &lt;style&gt;</p>")
    assert "style-src 'self' 'unsafe-inline'" in policy(b'<p style="color: red">')


@pytest.mark.parametrize(
    "address",
    ["/-/threads.json", "/-/actor.json", "/-/permissions", "/-/patterns", "/-/messages", "/-/allow-debug", "/-/auth-token",
     "/_internal", "/_internal/databases.json", "/_memory", "/seals/figures_fts", "/seals/figures_fts_data.json",
     "/seals/sqlite_master", "/seals/figures_fts/1"],
)  # fmt: skip
def test_what_is_hidden_is_not_there(visit: Visit, address: str) -> None:
    assert visit(address).status_code == 404


def test_hidden_tables_are_in_no_list(visit: Visit) -> None:
    assert {table["name"] for table in visit("/seals.json").json()["tables"]} == {
        "articles", "dates", "figures", "provenance", "reviews", "speakers", "statement_parts", "statements"
    }  # fmt: skip
    assert re.findall(r'href="[^"]*_fts', visit("/seals").text + visit("/").text) == []
    assert visit("/.json").json()["seals"]["hidden_tables_count"] == 0


def test_each_of_datasettes_own_pages_is_open_or_closed_on_purpose(seals: Package, tmp_path: Path) -> None:
    build_database(seals, tmp_path / "seals.db")
    patterns = [pattern.pattern for pattern, _ in datasette_for([seals], [tmp_path / "seals.db"])._routes()]
    names = {found[1] for pattern in patterns if (found := re.match(r"\^?/-/([a-z-]+)", pattern))}
    opened = {"static", "static-plugins", "metadata", "versions", "plugins", "settings", "config", "databases"}
    opened |= {"search", "charts", "files"}  # ours
    assert {name for name in names if not CLOSED.match(f"/-/{name}")} <= opened


@pytest.mark.parametrize(
    "query", ["/seals?sql=select+1", "/seals.json?sql=select+1", "/seals.csv?sql=select+1", "/seals/figures.json?_where=1"]
)
def test_visitors_sql_is_off(visit: Visit, query: str) -> None:
    answer = visit(query)
    assert answer.status_code == 403
    assert re.search("queries that it offers|not allowed", answer.text)


def test_only_reading_is_allowed(visit: Visit) -> None:
    assert [visit("/seals", method=method).status_code for method in ("POST", "PUT", "DELETE")] == [405, 405, 405]
    assert visit("/seals", method="HEAD").text == ""


def test_visitors_sql_can_be_turned_on(asker: Visit) -> None:
    assert asker("/seals.json?sql=select+count(*)+as+n+from+figures").json()["rows"] == [{"n": 4}]
    assert asker("/seals.csv?sql=select+1+as+n").text == "n\r\n1\r\n"


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        pytest.param(HEAVY, "too big", id="a value of 600 MB"),
        pytest.param("select zeroblob(1e9)", "too big", id="a value of 1 GB"),
        pytest.param(f"{NUMBERS} limit 99) select zeroblob({ANSWER_BYTES // 50}) from n", "for less", id="large values"),
        pytest.param(ENDLESS, "longer than a query may take", id="a query without end"),
        pytest.param("select 'a' like '%" + "a%" * 100 + "'", "too complex", id="a pattern that takes long"),
        pytest.param("select load_extension('x')", "not authorized", id="an extension"),
        pytest.param("attach database '/etc/passwd' as x", "Statement must be a SELECT", id="another file"),
    ],
)  # fmt: skip
def test_visitors_sql_keeps_to_its_limits(asker: Visit, sql: str, words: str) -> None:
    answer = asker("/seals.json?" + str(httpx.QueryParams({"sql": sql, "_timelimit": "50"})))
    assert answer.status_code == 400
    assert words in answer.json()["error"]


def test_csv_of_a_visitors_query_is_whole_or_refused(asker: Visit) -> None:
    numbers = "with recursive n(i) as (select 1 union all select i + 1 from n limit {}) select i from n"
    whole = asker("/seals.csv?" + str(httpx.QueryParams({"sql": numbers.format(1000)})))
    assert len(whole.text.splitlines()) == 1001
    cut = asker("/seals.csv?" + str(httpx.QueryParams({"sql": numbers.format(1001)})))
    assert (cut.status_code, "at most 1,000 rows" in cut.text) == (400, True)


def test_a_third_visitor_with_sql_waits_while_pages_are_read(seals: Package, tmp_path: Path) -> None:
    app = application([seals], tmp_path, allow_sql=True)

    async def rush() -> tuple[list[httpx.Response], httpx.Response]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://site.example") as client:
            await client.get("/")
            address = "/seals.json?" + str(httpx.QueryParams({"sql": ENDLESS, "_timelimit": "300"}))
            attacks = [asyncio.ensure_future(client.get(address)) for _ in range(8)]
            page = await client.get("/seals/figures.json")
            assert not all(attack.done() for attack in attacks)
            return list(await asyncio.gather(*attacks)), page

    attacks, page = asyncio.run(rush())
    assert page.status_code == 200
    assert sorted(answer.status_code for answer in attacks) == [400] * 2 + [429] * 6
    assert {answer.headers["retry-after"] for answer in attacks if answer.status_code == 429} == {"1"}


def test_an_error_of_ours_is_told_in_plain_words(
    visit: Visit, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret of /var/lib/onrecord")

    monkeypatch.setattr("onrecord.serve.machine.json_renderer", broken)
    answer = visit("/seals/dates.json?_size=3")
    assert (answer.status_code, answer.json()["error"]) == (500, "Something went wrong here; it has been noted.")
    assert "secret" in caplog.text


def test_a_page_is_not_sent_again_until_the_next_release(write_seals: Write, visit: Visit, tmp_path: Path) -> None:
    first = visit("/seals/figures")
    assert "stale-while-revalidate" in first.headers["cache-control"]
    again = visit("/seals/figures", **{"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.text, again.headers["etag"]) == (304, "", first.headers["etag"])
    next_release = asking(application([write_seals(version="0.2.0")], tmp_path))
    assert next_release("/seals/figures", **{"if-none-match": first.headers["etag"]}).status_code == 200


def test_who_comes_with_a_cookie_gets_no_kept_answer(visit: Visit) -> None:
    assert visit("/seals/figures").text == visit("/seals/figures").text
    assert visit("/seals/figures", cookie="a=b").status_code == 200


def test_an_error_is_not_kept(visit: Visit) -> None:
    assert "etag" not in visit("/seals/nowhere").headers

"""Published packages become a site: Datasette on SQLite files that are built for it.

- `database` turns a package into a SQLite file; `metadata` turns what the package says of itself into Datasette's words;
- `display.toml` says what Datasette cannot know from a schema (what to search, to count, to show for an id), `queries.toml`
  holds the canned queries;
- `site` is the Datasette plugin with templates and style;
- `app` puts them together and runs the server.

Nothing here sees more than the packages: no sources, no extraction.
"""

from onrecord.serve.app import datasette_for, serve
from onrecord.serve.database import build_database

__all__ = ["build_database", "datasette_for", "serve"]

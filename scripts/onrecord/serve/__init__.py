"""Published packages become a site: Datasette on SQLite files that are built for it.

- `database` turns a package into a SQLite file; `metadata` turns what the package says of itself into Datasette's words;
- `display.toml` says what Datasette cannot know from a schema (what to search, to count, to show for an id), `units.toml` what
  people call a unit, `views.toml` and `queries.toml` hold what is asked of all articles;
- `site` is the Datasette plugin with templates and style;
- `machine` is the site for programs: units and links to data; `jsonld` is schema.org; `feeds` is Atom and sitemap;
  `tables_as_csv` is CSV that is complete or an error;
- `frozen` is Datasette over databases that never change, with a corner for visitors' SQL; `guard` is the gate before it;
- `answers` completes each answer (safety headers, the release's ETag) and keeps those it may;
- `app` puts them together, `workers` runs the processes.

Nothing here sees more than the packages: no sources, no extraction.
"""

from onrecord.serve.app import application_for, datasette_for, serve
from onrecord.serve.database import build_database

__all__ = ["application_for", "build_database", "datasette_for", "serve"]

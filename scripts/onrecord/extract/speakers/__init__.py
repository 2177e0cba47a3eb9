"""Who is said to speak: the fullest name that the article gives, or the words that stand for somebody it does not name.

How it is cut:

- `names` finds capitalised runs and tells persons from organisations; `voices` are the records they are gathered in;
- `roles` reads posts and organisations before a name, `behind` those after it, `phrases` those without a name;
- `gathering` puts together the `cast`, everybody whom the article names: `people` makes voices of names, `facts` reads what
  is said of them;
- `sources` takes apart a source as written, `descriptors` one that is described and not named; `pronouns` finds whom "she"
  means; `floating` finds quotations with no source;
- `resolve`, from `resolution`, is the only way in.
"""

from onrecord.extract.speakers.resolution import Source, resolve

__all__ = ["Source", "resolve"]

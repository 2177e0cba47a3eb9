"""Who is said to speak: the fullest name that the article gives, or the words that stand for somebody it does not name.

How it is cut:

- `capitals` finds capitalised runs, `names` tells persons from organisations; `voices` are the records they are gathered in;
- `posts` reads a post's own words, `titles` the role right before a name, `roles` those after it;
- `cast` holds everybody whom the article names, `gathering` fills it, `holders` learns the posts they hold;
- `sources` takes apart a source as written, `bearing` what surrounds a name, `bearers` and `organisations` find whom it names;
- `descriptors` reads a source without a name, `commons` a body called by a common noun, `nearby` what the words before name;
- `pronouns` finds whom "she" means;
- `floating` finds quotations with no source;
- `resolve`, from `resolution`, is the only way in.
"""

from onrecord.extract.speakers.resolution import Source, resolve

__all__ = ["Source", "resolve"]

"""Articles and their tags → stories: linking, headline, digest, figures, related stories, topics."""

from dateline.stories.build import build
from dateline.stories.digest import digest
from dateline.stories.figures import figures
from dateline.stories.link import Linker
from dateline.stories.linking.encoder import E5, Encoder
from dateline.stories.linking.model import LinkModel
from dateline.stories.related import related, related_stories

__all__ = ["E5", "Encoder", "LinkModel", "Linker", "build", "digest", "figures", "related", "related_stories"]

"""A message that is to be sent to many: taken as it is, or what is wrong with it."""

from conversations.broadcasts.posts import Post
from conversations.flows.flow import Line, line
from conversations.rules.placeholders import NAMES
from conversations.rules.posting import MOST_PARTS, cleaned, fits, parts, unknown


def checked(post: Post) -> Post | Line:
    """The message, cleaned; or one line saying why it cannot be sent."""
    clean = cleaned(post)
    if not clean.text.strip() and clean.attached is None:
        return line("composing/nothing")
    if strange := unknown(clean):
        return line("composing/unknown", strange=strange[:3], names=NAMES)
    if not fits(clean):
        count = len(clean.text)
        return line("composing/too_long", count=count, parts=len(parts(clean)), most=MOST_PARTS)
    return clean

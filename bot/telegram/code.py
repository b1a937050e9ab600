"""Links as QR pictures, to be scanned from a second phone or from paper."""

import io

from bot.telegram.transport import Upload

_WIDTH = 500
"""Pixels aimed at."""


def picture(link: str) -> Upload:
    """The link as a PNG of about 500 pixels: error correction M, quiet zone of four modules."""
    import segno  # noqa: PLC0415 - only needed where somebody invites

    code = segno.make_qr(link, error="m")
    modules, _ = code.symbol_size(border=4)
    written = io.BytesIO()
    code.save(written, kind="png", scale=max(1, round(_WIDTH / modules)), border=4)
    return Upload(name="link.png", mime="image/png", content=written.getvalue())

"""Methods of the webhook: set, removed, looked at (Bot API setWebhook and so on)."""

import re
from urllib.parse import urlsplit

from bot.demo.engine.updates import Hook
from bot.demo.methods.call import Call
from bot.demo.refusals import bad_request

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_HERE = frozenset({"127.0.0.1", "localhost", "::1"})


def set_webhook(call: Call) -> object:
    """Bot API setWebhook; this server delivers to this machine only, and there without TLS."""
    url, secret = call.text("url"), call.text("secret_token")
    if not url:
        return delete_webhook(call)
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or parts.hostname not in _HERE:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    if (kinds := call.items("allowed_updates")) is not None:
        call.engine.updates.allow(str(kind) for kind in kinds)
    if call.flag("drop_pending_updates"):
        call.engine.updates.clear()
    limit = min(max(call.integer("max_connections") or 40, 1), 100)
    call.engine.updates.set_hook(Hook(url=url, secret=secret, max_connections=limit))
    return True


def delete_webhook(call: Call) -> object:
    """Bot API deleteWebhook."""
    if call.flag("drop_pending_updates"):
        call.engine.updates.clear()
    call.engine.updates.set_hook(None)
    return True


def get_webhook_info(call: Call) -> object:
    """Bot API getWebhookInfo."""
    queue = call.engine.updates
    hook = queue.hook
    out: dict[str, object] = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(queue),
    }
    if queue.allowed is not None:
        out["allowed_updates"] = sorted(queue.allowed)
    if hook is None:
        return out
    out |= {"max_connections": hook.max_connections, "ip_address": "127.0.0.1"}
    if hook.failed_at is not None:
        out |= {"last_error_date": hook.failed_at, "last_error_message": hook.failure}
    return out

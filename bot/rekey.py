"""`kimbot rekey`: another key for everything that is stored, while the bot is stopped.

The new key is put before the old one, everything is sealed with it, then the old one goes: killed
anywhere, the next start works with what the file holds, and a second `rekey` comes to the end.
"""

from collections.abc import Sequence

from bot.keys import KeyTroubleError, keys_of, replace, source_of
from bot.service import TroubleError, configure_log, make_folder
from bot.settings import Settings
from bot.store.lock import claimed
from bot.store.opening import StoreError
from bot.store.rekeying import reseal
from bot.store.sealing import Seal, new_key
from bot.store.secrets import unlocked


def rekey(settings: Settings) -> str:
    """Do it; what was done, in a sentence. Raises TroubleError."""
    configure_log(settings)
    make_folder(settings)
    try:
        return _with_variable(settings) if settings.key is not None else _with_file(settings)
    except (StoreError, KeyTroubleError) as error:
        raise TroubleError(str(error)) from None
    except OSError as error:
        raise TroubleError(
            f"The key file {settings.key_file} can't be written anew: {error.strerror}. "
            "What it holds opens everything; put that right and run `kimbot rekey` again."
        ) from None


def _with_file(settings: Settings) -> str:
    path = settings.key_file
    with claimed(settings.database(), settings.database_path, alone=True) as engine:
        keys = keys_of(settings)
        unlocked(engine, _seal(settings, keys))
        if len(keys) == 1:  # else a rekey was interrupted: it goes on with the key it made
            keys = [new_key(), *keys]
            replace(path, keys)
        changed = reseal(engine, _seal(settings, keys))
        replace(path, keys[:1])
    return (
        f"{changed} values were sealed with a new key; {path} holds it alone. Copy that file again "
        "to where you keep the key. Backups made before open with the old key only."
    )


def _with_variable(settings: Settings) -> str:
    keys = keys_of(settings)
    if len(keys) == 1:
        raise TroubleError(
            "KIMBOT_KEY holds one key. Put a new one (`openssl rand -base64 32`) before it, parted "
            "by a comma, and run `kimbot rekey` again: everything is sealed with the first."
        )
    with claimed(settings.database(), settings.database_path, alone=True) as engine:
        seal = _seal(settings, keys)
        unlocked(engine, seal)
        changed = reseal(engine, seal)
    return (
        f"{changed} values were sealed with the first key of KIMBOT_KEY; the others may go. "
        "Backups made before open with the old ones only."
    )


def _seal(settings: Settings, keys: Sequence[bytes]) -> Seal:
    return Seal(keys, source_of(settings))

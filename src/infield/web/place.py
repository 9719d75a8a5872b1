"""Where an installation keeps its things, and the key it signs with."""

import os
import secrets
from pathlib import Path

HOME_VARIABLE = "INFIELD_HOME"
SECRET_VARIABLE = "INFIELD_SECRET_KEY"  # noqa: S105  the name of a variable
SECRET_FILE = "secret-key"  # noqa: S105  the name of a file
SET_UP_FILE = "set-up-key"


def home() -> Path:
    """Give the folder of this installation: $INFIELD_HOME, else `infield-data` where the command is run."""
    return Path(os.environ.get(HOME_VARIABLE) or "infield-data").expanduser().absolute()


def secret_key() -> str:
    """Give the key sessions and links are signed with; empty as long as none was made."""
    named = os.environ.get(SECRET_VARIABLE)
    if named:
        return named
    file = home() / SECRET_FILE
    return file.read_text("ascii").strip() if file.exists() else ""


def set_up_key() -> str:
    """Give the key to the first start; empty where none was made, or the first start is done."""
    file = home() / SET_UP_FILE
    return file.read_text("ascii").strip() if file.exists() else ""


def make_set_up_key() -> str:
    """Make the key to the first start where there is none yet, readable by this account alone, and give it."""
    if not set_up_key():
        _write_new(home() / SET_UP_FILE, secrets.token_urlsafe(24))
    return set_up_key()


def drop_set_up_key() -> None:
    (home() / SET_UP_FILE).unlink(missing_ok=True)


def make_home() -> Path:
    """Make the folder and, where there is none yet, the key in it, readable by this account alone."""
    folder = home()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not secret_key():
        _write_new(folder / SECRET_FILE, secrets.token_urlsafe(48))
    return folder


def _write_new(file: Path, text: str) -> None:
    # written aside and linked: of two first starts one wins, and nobody reads half a key
    draft = file.with_name(f".{file.name}-{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as writer:
        writer.write(text + "\n")
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()

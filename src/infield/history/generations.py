"""The generations of the columnar log: immutable parts in a folder, and one small file that names those in use.

A part is a folder of Parquet files. The first part named is the base, the others are deltas: each holds whole
cases and the list of those it replaces. One process at a time builds; publishing is the replacement of the pointer,
so a crash at any moment leaves the old generation or the new one. Readers hold a shared lock on every part they
read, and a part that is no longer named goes when nobody holds it.
"""

import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

FORMAT = 3
"""Of the parts. Where the files say another one they are built anew."""

_POINTER, _LOCK = "generation.json", "lock"
_PART = re.compile(r"part-(\d+)")


@dataclass(frozen=True, slots=True)
class Generation:
    """What the pointer says: the parts hold every event up to `position`, days are those of `zone`."""

    zone: str
    position: int
    event: str
    """Id of the last event up to `position`: another database, or an older one put back, has another there."""
    parts: tuple[str, ...]
    format: int = FORMAT


def current(folder: Path) -> Generation | None:
    """The generation in use; None where there is none yet or it was written by another release."""
    try:
        said = json.loads((folder / _POINTER).read_text("utf-8"))
    except FileNotFoundError:
        return None
    return Generation(**said | {"parts": tuple(said["parts"])}) if said["format"] == FORMAT else None


def publish(folder: Path, generation: Generation) -> None:
    """Makes `generation` the one in use. Its parts are on the disk before; call only while building."""
    draft = folder / f"{_POINTER}.draft"
    with draft.open("w", encoding="utf-8") as file:
        json.dump(asdict(generation), file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / _POINTER)
    _sync(folder)


@contextmanager
def building(folder: Path, *, wait: bool = True) -> Iterator[bool]:
    """Holds the one lock for building and publishing. Gives False where somebody else has it and `wait` is not."""
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield _locked(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    finally:
        os.close(descriptor)


@contextmanager
def held(folder: Path) -> Iterator[Generation | None]:
    """The generation in use, whose parts stay for as long as this is open."""
    with ExitStack() as stack:
        while True:
            generation = current(folder)
            if all(_hold(folder / part, stack) for part in (generation.parts if generation else ())):
                break
            # a newer generation was published and cleaned between reading the pointer and holding the parts
            stack.close()
        yield generation


def next_part(folder: Path) -> int:
    """A number that no part has had as long as any later one is there."""
    numbers = [int(found[1]) for path in folder.iterdir() if (found := _PART.search(path.name))]
    return max(numbers, default=0) + 1


def part_name(number: int) -> str:
    """The name of the part's folder."""
    return f"part-{number:08d}"


@contextmanager
def new_part(folder: Path, number: int) -> Iterator[Path]:
    """A folder to write the part's files in; afterwards they are on the disk under the part's own name."""
    draft = folder / f"{part_name(number)}.draft"
    draft.mkdir()
    yield draft
    for file in draft.iterdir():
        _sync(file)
    _sync(draft)
    draft.rename(folder / part_name(number))
    _sync(folder)


def clean(folder: Path) -> None:
    """Removes the parts that no pointer names and no reader holds; call only while building."""
    generation = current(folder)
    named = set(generation.parts) if generation else set()
    for path in folder.iterdir():
        if _PART.match(path.name) and path.name not in named:
            _remove(path)


def _remove(part: Path) -> None:
    descriptor = os.open(part, os.O_RDONLY)
    try:
        if _locked(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB):
            shutil.rmtree(part)
    finally:
        os.close(descriptor)


def _hold(part: Path, stack: ExitStack) -> bool:
    try:
        descriptor = os.open(part, os.O_RDONLY)
    except FileNotFoundError:
        return False
    stack.callback(os.close, descriptor)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    # whoever removed it held it exclusively until it was gone
    return part.exists()


def _locked(descriptor: int, how: int) -> bool:
    try:
        fcntl.flock(descriptor, how)
    except BlockingIOError:
        return False
    return True


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

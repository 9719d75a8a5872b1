"""A file is written whole or not at all, and what is no file is left in its place."""

import os
import threading
from pathlib import Path

import pytest

from infield.web.whole_files import whole_file


def test_the_file_is_there_when_the_block_ends(tmp_path: Path) -> None:
    with whole_file(tmp_path / "a.txt") as place:
        place.write_text("new", "utf-8")
        assert not (tmp_path / "a.txt").exists()
    assert (tmp_path / "a.txt").read_text("utf-8") == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_after_a_failure_the_old_file_stands_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old", "utf-8")

    def fails() -> None:
        with whole_file(tmp_path / "a.txt") as place:
            place.write_text("half", "utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fails()
    assert (tmp_path / "a.txt").read_text("utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text("utf-8")))
    reader.start()
    with whole_file(pipe) as place:
        place.write_text("through", "utf-8")
    reader.join()
    assert read == ["through"]
    assert pipe.is_fifo()


def test_the_null_device_stays_a_device() -> None:
    with whole_file(Path(os.devnull)) as place:
        place.write_text("nothing", "utf-8")
    assert Path(os.devnull).is_char_device()


def test_a_link_goes_on_leading_to_its_file(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old", "utf-8")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    with whole_file(tmp_path / "link.txt") as place:
        place.write_text("new", "utf-8")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text("utf-8") == "new"


def test_the_rights_of_an_old_file_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("old", "utf-8")
    file.chmod(0o640)
    with whole_file(file) as place:
        place.write_text("new", "utf-8")
    assert file.stat().st_mode & 0o777 == 0o640

"""Every text a user sees is marked, and translated into every language, with what is put in."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from tools import messages, unmarked

ROOMS = messages.rooms()
JAPANESE = "[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]"
FOREIGN_MARKS = {
    "ja": rf"[“”]|{JAPANESE} ?[()]|[()] ?{JAPANESE}",
    "fi": r'["“„]| - ',
    "th": r'"| - |  ',
}


@pytest.mark.parametrize("room", ROOMS)
def test_every_message_of_a_room_is_translated(room: str) -> None:
    assert list(messages.wrong(room)) == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_text_of_a_room_is_marked_for_translation(room: str) -> None:
    assert list(unmarked.unmarked(messages.SOURCE / room)) == []


def test_rooms_translate_the_same_words_the_same_way() -> None:
    assert list(messages.differing()) == []


def texts_in(language: str) -> Iterator[str]:
    """Go through what is shown in a language; what is put in counts as a word of it."""
    for room in ROOMS:
        for message in messages.read(messages.po_file(room, language), language):
            forms = (message.string,) if isinstance(message.string, str) else message.string or ()
            yield from (messages.PLACEHOLDER.sub("〇", form) for form in forms if message.id)
    for file in messages.SOURCE.glob(f"*/texts/*.{language}.yaml"):
        yield from leaves(yaml.safe_load(file.read_text("utf-8")))


def leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from leaves(one)
    else:
        yield str(value)


@pytest.mark.parametrize("language", FOREIGN_MARKS)
def test_a_text_has_the_marks_of_its_language(language: str) -> None:
    assert [text for text in texts_in(language) if re.search(FOREIGN_MARKS[language], text)] == []


def test_a_text_outside_of_a_translate_tag_is_found() -> None:
    page = (
        '{# a note #}<p>{% translate "Marked" %} Plain words</p>\n<a title="Said aloud" class="is-text">x</a>'
        "<kbd>Quiet</kbd><img alt=\"{% translate 'Also marked' %}\"><script>let quiet</script>"
    )
    assert list(unmarked.in_template(page)) == [(1, "Plain words"), (2, "Said aloud")]


@pytest.mark.parametrize(
    ("name", "source", "found"),
    [
        ("wording.py", '"""Words."""\nA = {"a": N_("Marked one"), "b": "Not marked"}\n', ["Not marked"]),
        ("wording.py", "A = _('Price')\ndef f() -> str:\n    '''Give one.'''\n    return 'Bare text'\n", ["Bare text"]),
        ("forms.py", "a = CharField(label='Name')\nb = CharField(label=_('Name'))\n", ["Name"]),
        ("forms.py", "raise ValidationError('Too short')\n", ["Too short"]),
        ("values.py", "A = {'b': 'Not spoken'}\n", []),
    ],
)  # fmt: skip
def test_a_sentence_without_a_mark_is_found(tmp_path: Path, name: str, source: str, found: list[str]) -> None:
    module = tmp_path / name
    module.write_text(source, "utf-8")
    assert [text for _, text in unmarked.in_module(module)] == found


HEAD = 'msgid ""\nmsgstr ""\n"Language: fi\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
BOTH = (
    HEAD
    + """
msgid "Deal"
<<<<<<< HEAD
msgstr "Kauppa"
=======
msgstr "Diili"
>>>>>>> other

<<<<<<< HEAD
msgid "Board"
msgstr "Taulu"
=======
msgid "Lead"
msgstr "Liidi"
>>>>>>> other
"""
)


def test_a_file_in_conflict_gives_both_sides(tmp_path: Path) -> None:
    file = tmp_path / "django.po"
    file.write_text(BOTH, "utf-8")
    told = {message.id: message.string for message in messages.read(file, "fi") if message.id}
    assert told == {"Deal": "Kauppa", "Board": "Taulu", "Lead": "Liidi"}


def room_of(folder: Path, source: str) -> Path:
    room = folder / "room"
    room.mkdir()
    (room / "views.py").write_text(source, "utf-8")
    return room


def test_a_translation_stays_a_dead_one_goes_and_a_fuzzy_one_never_counts(tmp_path: Path) -> None:
    room = room_of(
        tmp_path, "_('Deal')\npgettext('verb', 'Close')\nngettext('{n} deal', '{n} deals', 2)\n_('New')\n"
    )
    old = tmp_path / "old.po"
    old.write_text(
        HEAD
        + '\nmsgid "Deal"\nmsgstr "Kauppa"\n\nmsgid "Gone"\nmsgstr "Poissa"\n\n#, fuzzy\nmsgid "New"\nmsgstr "Uusi"\n',
        "utf-8",
    )
    result = messages.merged(messages.found(room), "fi", [messages.read(old, "fi")])
    text = messages.as_text(result, "fi")
    assert 'msgid "Deal"\nmsgstr "Kauppa"\n' in text
    assert 'msgctxt "verb"\nmsgid "Close"\nmsgstr ""\n' in text
    assert 'msgid_plural "{n} deals"\nmsgstr[0] ""\nmsgstr[1] ""\n' in text
    assert 'msgid "New"\nmsgstr ""\n' in text
    assert "Gone" not in text


@pytest.mark.parametrize(
    ("translation", "fault"),
    [
        ("{name} siirretty", None),
        ("{nimi} siirretty", "other placeholders"),
        ("Siirretty", "other placeholders"),
        ("", "untranslated"),
    ],
)
def test_what_is_wrong_with_a_translation_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, translation: str, fault: str | None
) -> None:
    monkeypatch.setattr(messages, "SOURCE", tmp_path)
    monkeypatch.setattr(messages, "LANGUAGES", ("fi",))
    room = room_of(tmp_path, "_('{name} moved')\n")
    found = messages.found(room)
    next(message for message in found if message.id).string = translation
    file = messages.po_file("room", "fi")
    file.parent.mkdir(parents=True)
    file.write_text(messages.as_text(messages.merged(found, "fi", [found]), "fi"), "utf-8")
    said = list(messages.wrong("room"))
    assert [line.split(": ")[1] for line in said] == ([fault] if fault else [])

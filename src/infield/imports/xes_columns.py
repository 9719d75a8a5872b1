"""From the tags of a XES file to columns of events and of trace attributes, many tags at a time.

In: lists of tags (`xes_tags`). Out: Arrow tables of integers, and the texts these stand for. Depth, traces
and events are found by running sums over whole lists; only tags that differ and matter are read one by one.

A log is `log > trace > event > attribute`: an attribute further down belongs to another attribute and is
passed over, as are extensions, globals and classifiers. Prefixes of tags are ignored. Of two equal keys the
first counts.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from infield.imports.reading import Unreadable
from infield.web.disguise import undisguised

type Ints = NDArray[np.int64]
type Flags = NDArray[np.bool_]
type Instants = Callable[[pa.Array], tuple[Ints, Flags]]
"""Reads times: microseconds since 1970 UTC (`NO_TIME` where the text is none), and which are days."""

NAME, TRANSITION, OWNER, TIME = EVENT_KEYS = (
    "concept:name",
    "lifecycle:transition",
    "org:resource",
    "time:timestamp",
)
NO_TIME = np.iinfo(np.int64).min
NOTHING = -1
DEEPEST = 100
MOST_TAGS_OF_AN_EVENT = 2_000_000
# Almost every file writes times so, and almost no two are equal: these are cut out without a look at each.
PLAIN_TIME = f'<date key="{TIME}" value="'
USUAL = re.compile(r"""<([^\s/>:]+) key="([^"&\s]*)" value="([^"&\t\r\n]*)"/?>""")
TAG = re.compile(r"<(?:[^\s/>:]+:)?([^\s/>:]+)")
ATTRIBUTE = re.compile(r"""([^\s=/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
SOME_EVENT_KEY = r"""key\s*=\s*["'](""" + "|".join(EVENT_KEYS) + r""")["']"""
REFERENCE = re.compile(r"&(#x[0-9a-fA-F]+|#[0-9]+|[^;&]+);")
NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
SPACES = str.maketrans("\t\r\n", "   ")
EVENTS = pa.schema(
    {
        "trace": pa.int32(),
        "name": pa.int32(),
        "transition": pa.int32(),
        "owner": pa.int32(),
        "at_us": pa.int64(),
        "is_day": pa.bool_(),
        "has_time": pa.bool_(),
    }
)
TRACES = pa.schema([("trace", pa.int32()), ("key", pa.int32()), ("value", pa.int32())])


@dataclass(slots=True)
class Texts:
    """Each different text once, by its code."""

    codes: dict[str, int] = field(default_factory=dict)

    def code(self, text: str) -> int:
        return self.codes.setdefault(text, len(self.codes))

    def column(self, codes: Ints) -> pa.DictionaryArray:
        """Give these texts as a dictionary column; NOTHING and empty texts are null."""
        used = np.zeros(len(self.codes), bool)
        used[codes[codes != NOTHING]] = True
        texts = [
            undisguised(text).strip() or None
            for text, wanted in zip(self.codes, used.tolist(), strict=True)
            if wanted
        ]
        places = np.append(np.cumsum(used) - 1, NOTHING)[codes]
        return pa.DictionaryArray.from_arrays(
            pa.array(places, pa.int32(), mask=codes == NOTHING), pa.array(texts, pa.string())
        )


@dataclass(frozen=True, slots=True)
class _Tags:
    """A list of tags: what stands where, and for those that matter what they say."""

    starts: Flags
    step: Ints
    """How many levels deeper it is after the tag: 1, 0 or -1."""
    distinct: pa.Array
    code: Ints
    """The place of the tag in `distinct`, or NOTHING for a plain time."""
    plain_times: pa.Array


@dataclass(frozen=True, slots=True)
class _Said:
    """What distinct tags say, one place a distinct tag; NOTHING where it was not asked or has none."""

    tag: dict[int, str]
    key: Ints
    value: Ints
    times: dict[int, str]
    """Times as they are written; almost all differ, so they are not kept among the texts."""


@dataclass(slots=True)
class Columns:
    """The events and trace attributes of one history, as far as its tags were added."""

    texts: Texts = field(default_factory=Texts)
    events: list[pa.Table] = field(default_factory=list)
    attributes: list[pa.Table] = field(default_factory=list)
    traces: int = 0
    events_outside: int = 0
    """Events that stand in no trace."""

    def add_file(self, lists: Iterable[list[str]], instants: Instants, file: str) -> None:
        """Add all tags of one file. Unreadable: not_xes, nested_too_deep, event_too_long, no_traces."""
        before, depth, trace, rest = self.traces, 0, NOTHING, list[str]()
        for tags in lists:
            rest += tags
            depth, trace, rest = self._add(rest, depth, trace, instants, file)
        if self.traces == before:
            raise Unreadable("no_traces", file=file)

    def events_count(self) -> int:
        return sum(table.num_rows for table in self.events)

    def events_table(self) -> pa.Table:
        """Give all events as `EVENTS` says, in the order of the files."""
        return pa.concat_tables([EVENTS.empty_table(), *self.events])

    def attributes_table(self) -> pa.Table:
        """Give the attributes of traces as `TRACES` says, in the order of the files."""
        return pa.concat_tables([TRACES.empty_table(), *self.attributes])

    def _add(
        self, texts: list[str], depth: int, trace: int, instants: Instants, file: str
    ) -> tuple[int, int, list[str]]:
        """Add the tags up to the last end of an event; give depth and trace there, and the tags after it."""
        tags = _tags(texts)
        after = depth + np.cumsum(tags.step)
        if after.size and after.max() > DEEPEST:
            raise Unreadable("nested_too_deep", {"limit": DEEPEST}, file=file)
        ends = np.flatnonzero(after <= 2)
        if not ends.size:
            if len(texts) > MOST_TAGS_OF_AN_EVENT:
                raise Unreadable("event_too_long", {"limit": MOST_TAGS_OF_AN_EVENT}, file=file)
            return depth, trace, texts
        last = int(ends[-1]) + 1
        level = np.where(tags.starts, after - tags.step * (tags.step > 0), NOTHING)
        level[last:] = NOTHING
        trace = self._add_levels(tags, level, trace, instants, file)
        return int(after[last - 1]), trace, texts[last:]

    def _add_levels(self, tags: _Tags, level: Ints, trace: int, instants: Instants, file: str) -> int:
        said = self._said(tags, level)
        is_tag = {
            name: _marked(tags, [code for code, tag in said.tag.items() if tag == name])
            for name in ("log", "trace", "event")
        }
        if (level[~is_tag["log"]] == 0).any():
            raise Unreadable("not_xes", file=file)
        begins = (level == 1) & is_tag["trace"]
        number = np.where(begins, self.traces + np.cumsum(begins) - 1, NOTHING)
        of_trace = _filled(number, level == 1, trace)
        self.traces += int(begins.sum())
        event = (level == 2) & is_tag["event"] & (of_trace != NOTHING)
        self.events_outside += int((is_tag["event"] & (level >= 0) & ~event & (level <= 2)).sum())
        self._add_attributes(said, tags, (level == 2) & ~event & (of_trace != NOTHING), of_trace)
        self._add_events(said, tags, level, event, of_trace, instants)
        return int(of_trace[-1]) if of_trace.size else trace

    def _said(self, tags: _Tags, level: Ints) -> _Said:
        """Read the distinct tags of traces and their attributes, and of events' attributes that count."""
        asked = np.zeros(len(tags.distinct), bool)
        asked[tags.code[(level >= 0) & (level <= 2) & (tags.code != NOTHING)]] = True
        deeper = np.zeros(len(tags.distinct), bool)
        deeper[tags.code[(level == 3) & (tags.code != NOTHING)]] = True
        wanted = pc.match_substring_regex(tags.distinct, SOME_EVENT_KEY).to_numpy(zero_copy_only=False)
        asked |= deeper & wanted
        said = _Said({}, np.full(asked.size, NOTHING), np.full(asked.size, NOTHING), {})
        places = np.flatnonzero(asked)
        for place, text in zip(places.tolist(), tags.distinct.take(places).to_pylist(), strict=True):
            tag, key, value = _read(text)
            said.tag[place] = tag
            if key is None or value is None:
                continue
            said.key[place] = self.texts.code(key)
            if key == TIME:
                said.times[place] = value
            else:
                said.value[place] = self.texts.code(value)
        return said

    def _add_attributes(self, said: _Said, tags: _Tags, rows: Flags, of_trace: Ints) -> None:
        rows &= tags.code != NOTHING
        code = tags.code[rows]
        named = said.value[code] != NOTHING
        columns = (of_trace[rows][named], said.key[code][named], said.value[code][named])
        self.attributes.append(_table(columns, TRACES))

    def _add_events(
        self, said: _Said, tags: _Tags, level: Ints, event: Flags, of_trace: Ints, instants: Instants
    ) -> None:
        n = int(event.sum())
        of_event = _filled(np.where(event, np.cumsum(event) - 1, NOTHING), level == 2, NOTHING)
        inside = (level == 3) & (of_event != NOTHING)
        key = np.where(tags.code == NOTHING, self.texts.code(TIME), said.key[tags.code])
        at = {
            name: first_of_each(of_event, inside & (key == self.texts.code(name)), n) for name in EVENT_KEYS
        }
        values = (_picked(said.value, _picked(tags.code, at[name])) for name in (NAME, TRANSITION, OWNER))
        at_us, is_day = self._times(said, tags, at[TIME], instants)
        self.events.append(_table((of_trace[event], *values, at_us, is_day, at[TIME] != NOTHING), EVENTS))

    def _times(self, said: _Said, tags: _Tags, at: Ints, instants: Instants) -> tuple[Ints, Flags]:
        """Give the time of each event whose time stands at these places of the list."""
        plain = tags.code == NOTHING
        nth_plain = np.cumsum(plain) - 1
        is_plain = (at != NOTHING) & plain[at]
        at_us, is_day = np.full(at.size, NO_TIME), np.zeros(at.size, bool)
        at_us[is_plain], is_day[is_plain] = instants(tags.plain_times.take(nth_plain[at[is_plain]]))
        other = (at != NOTHING) & ~is_plain
        if other.any():
            written = [said.times[place] for place in tags.code[at[other]].tolist()]
            at_us[other], is_day[other] = instants(pa.array(written, pa.string()))
        return at_us, is_day


def _tags(texts: list[str]) -> _Tags:
    array = pa.array(texts, pa.string())
    is_plain = _plain_times(array)
    times = pc.utf8_slice_codeunits(array.filter(is_plain), len(PLAIN_TIME))
    others = array.filter(pc.invert(is_plain)).dictionary_encode()
    plain = _true(is_plain)
    code = np.full(len(texts), NOTHING)
    code[~plain] = others.indices.to_numpy()
    starts, step = np.ones(len(texts), bool), np.zeros(len(texts), int)
    shape = _shapes(others.dictionary)
    starts[~plain], step[~plain] = (column[code[~plain]] for column in shape)
    return _Tags(starts, step, others.dictionary, code, pc.ascii_rtrim(times, characters='"/> \t\r\n'))


def _plain_times(array: pa.Array) -> pa.BooleanArray:
    """Give which tags are a time in its usual form: key and value, nothing after them, nothing inside."""
    begins = pc.starts_with(array, PLAIN_TIME)
    found = array.filter(begins)
    fits = _true(pc.and_(pc.equal(pc.count_substring(found, '"'), 4), pc.ends_with(found, "/>")))
    if fits.all():
        return begins
    plain = _true(begins).copy()
    plain[plain] = fits
    return pa.array(plain)


def _shapes(distinct: pa.Array) -> tuple[Flags, Ints]:
    """Give which texts are tags that start something, and how much deeper it is after each."""
    passed_over = _true(pc.match_substring_regex(distinct, "^([^<]|<[!?])"))
    closes = _true(pc.starts_with(distinct, "</"))
    starts = ~passed_over & ~closes
    opens = starts & ~_true(pc.ends_with(distinct, "/>"))
    return starts, opens.astype(int) - (closes & ~passed_over).astype(int)


def _read(text: str) -> tuple[str, str | None, str | None]:
    """Give a tag's name without prefix, and its key and value.

    >>> _read('<string key="concept:name" value="R&amp;D"/>')
    ('string', 'concept:name', 'R&D')
    """
    if usual := USUAL.fullmatch(text):
        return usual[1], usual[2], usual[3]
    said = {name: double or single for name, double, single in ATTRIBUTE.findall(text)}
    found = TAG.match(text)
    key, value = said.get("key"), said.get("value")
    return found[1] if found else "", _plain(key), _plain(value)


def _plain(text: str | None) -> str | None:
    if text is None:
        return None
    return REFERENCE.sub(_meant, text.translate(SPACES))


def _meant(reference: re.Match[str]) -> str:
    """Give the character of one of XML's references; what only a DTD could explain stays as it is."""
    name = reference[1]
    if name.startswith("#"):
        return chr(int("0" + name[1:], 0) if name[1] == "x" else int(name[1:]))
    return NAMED.get(name, reference[0])


def _true(array: pa.Array) -> Flags:
    return np.asarray(array.to_numpy(zero_copy_only=False), bool)


def _marked(tags: _Tags, codes: list[int]) -> Flags:
    among = np.zeros(len(tags.distinct) + 1, bool)
    among[codes] = True
    return among[tags.code]  # NOTHING looks at the last place, which is never marked


def _filled(values: Ints, known: Flags, before: int) -> Ints:
    """Give at each place the value at the last place where it is known, or `before`."""
    last = np.maximum.accumulate(np.where(known, np.arange(values.size), NOTHING))
    return np.where(last == NOTHING, before, values[last])


def first_of_each(owner: Ints, rows: Flags, n: int) -> Ints:
    """Give for each of `n` owners the first of these rows that is theirs, or NOTHING."""
    first = np.full(n, NOTHING)
    places = np.flatnonzero(rows)[::-1]
    first[owner[places]] = places
    return first


def _picked(values: Ints, places: Ints) -> Ints:
    return np.where(places == NOTHING, NOTHING, values[places]) if values.size else places


def _table(columns: Iterable[NDArray[np.generic]], schema: pa.Schema) -> pa.Table:
    arrays = [pa.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)

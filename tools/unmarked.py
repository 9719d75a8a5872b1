"""Texts a user would see and no translator would: in templates outside of translate tags, in tables without a mark."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

SPOKEN_ATTRIBUTES = {"title", "aria-label", "aria-description", "placeholder", "alt"}
NEVER_TRANSLATED = {"Infield", "Ctrl", "Shift", "Alt", "Esc", "Enter", "Tab", "Space"}
NEVER_TRANSLATED |= {"CSV", "HTML", "JSON", "PDF", "SVG", "TOTP", "XES", "XLSX", "YAML"}
QUIET = {"script", "style", "kbd", "code"}
COMMENT = re.compile(r"\{#.*?#\}|\{% *comment *%\}.*?\{% *endcomment *%\}", re.DOTALL)
TRANSLATED = re.compile(r"\{% *blocktrans(?:late)?\b.*?\{% *endblocktrans(?:late)? *%\}", re.DOTALL)
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{2,}")
CLASSES = re.compile(r"\b(?:is|has)-[a-z-]+")

MARKS = {"_", "N_", "noop"}
SPOKEN_ARGUMENTS = {"label", "help_text", "verbose_name", "empty_label", "short_help"}
SPEAKING_FILES = {"forms.py", "views.py", "models.py", "actions.py", "queries.py"}
A_SENTENCE = re.compile(r"^(?!True|False)[A-Z][a-z]|[a-z]{2,} [a-z]{2,}")


class _Texts(HTMLParser):
    """Collects the texts and spoken attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.quiet: list[str] = []
        self.seen: list[tuple[int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in QUIET:
            self.quiet.append(tag)
        for name, value in attrs:
            if name in SPOKEN_ATTRIBUTES and value:
                self.seen.append((self.getpos()[0], value))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.quiet and self.quiet[-1] == tag:
            self.quiet.pop()

    def handle_data(self, data: str) -> None:
        if not self.quiet:
            self.seen.append((self.getpos()[0], data))


def unmarked(room: Path) -> Iterator[str]:
    """Say where a room speaks without a translator, one line each: file, line, text."""
    for template in sorted(room.rglob("templates/**/*.html")):
        yield from (
            f"{template.relative_to(room.parent)}:{at}: unmarked: {text!r}"
            for at, text in in_template(template.read_text("utf-8"))
        )
    for module in sorted(room.rglob("*.py")):
        yield from (
            f"{module.relative_to(room.parent)}:{at}: unmarked: {text!r}" for at, text in in_module(module)
        )


def in_template(source: str) -> Iterator[tuple[int, str]]:
    """Go through the texts of a template that no tag translates, each with its line."""
    for pattern in (COMMENT, TRANSLATED, TAG):
        source = pattern.sub(lambda cut: " " + "\n" * cut.group().count("\n"), source)
    page = _Texts()
    page.feed(source)
    page.close()
    for line, text in page.seen:
        words = [word for word in WORD.findall(CLASSES.sub("", text)) if word not in NEVER_TRANSLATED]
        if words:
            yield line, " ".join(text.split())


def in_module(module: Path) -> Iterator[tuple[int, str]]:
    """Go through the sentences of a wording table, and the labels of forms and models, that have no mark."""
    tree = ast.parse(module.read_text("utf-8"))
    if "wording" in module.stem:
        yield from _sentences(tree)
    elif module.name in SPEAKING_FILES:
        yield from _labels(tree)


def _sentences(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.iter_child_nodes(tree):
        is_marked = isinstance(node, ast.Call) and _is_mark(node)
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if is_marked or is_docstring or isinstance(node, ast.arg):
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and A_SENTENCE.search(node.value):
            yield node.lineno, node.value
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for part in node.body:
                if not (isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant)):
                    yield from _sentences(ast.Module([part], []))
        elif isinstance(node, ast.AnnAssign):
            yield from _sentences(ast.Module([ast.Expr(node.value)], [])) if node.value else ()
        else:
            yield from _sentences(node)


def _labels(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        spoken = [word.value for word in node.keywords if word.arg in SPOKEN_ARGUMENTS]
        if _name(node) in {"ValidationError", "success", "error", "warning", "info"}:
            spoken += [
                value
                for value in node.args
                if _name(node) == "ValidationError" or not isinstance(value, ast.Name)
            ]
        for value in spoken:
            if isinstance(value, ast.Constant) and isinstance(value.value, str) and WORD.search(value.value):
                yield value.lineno, value.value


def _is_mark(call: ast.Call) -> bool:
    name = _name(call)
    return name in MARKS or "gettext" in name


def _name(call: ast.Call) -> str:
    function = call.func
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")

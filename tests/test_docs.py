"""The documentation is what the product does."""

from pathlib import Path

from infield.process.drawing.flowchart import flowchart
from infield.process.starter_maps import starter_text
from infield.process.yaml_file import read

ROOT = Path(__file__).parent.parent


def test_the_picture_of_the_readme_is_what_the_command_draws() -> None:
    """After a change of the drawing: infield map draw it again into docs/pictures."""
    drawn = flowchart(read(starter_text("fourteen-stages")).process)
    assert (ROOT / "docs" / "pictures" / "fourteen-stages.svg").read_text("utf-8") == drawn


def test_the_map_in_the_readme_is_a_map_without_errors() -> None:
    from infield.process.lint.check import check

    text = (ROOT / "README.md").read_text("utf-8").split("```yaml\n")[1].split("```")[0]
    assert [finding.code for finding in check(read(text).process) if finding.severity == "error"] == []


def test_every_link_of_the_main_pages_leads_somewhere() -> None:
    import re

    pages = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")]
    pages += (ROOT / "docs").rglob("*.md")
    links = [
        (page, link) for page in pages for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8"))
    ]
    assert len(links) > 10
    assert [(page.name, link) for page, link in links if not (page.parent / link).exists()] == []


def test_every_setting_has_its_line() -> None:
    import re

    page = (ROOT / "docs" / "reference" / "serve.md").read_text("utf-8")
    sources = (ROOT / "src" / "infield").rglob("*.py")
    read_somewhere = {
        name for path in sources for name in re.findall(r'"(INFIELD_[A-Z_]+)"', path.read_text("utf-8"))
    }
    assert "INFIELD_HOME" in read_somewhere
    assert set(re.findall(r"^\| `(INFIELD_\w+)`", page, re.MULTILINE)) == read_somewhere


def test_every_option_of_the_import_has_its_line() -> None:
    from infield.cli.import_ import command

    page = (ROOT / "docs" / "guide" / "import.md").read_text("utf-8")
    options = {name for parameter in command.params for name in parameter.opts if name.startswith("--")}
    assert len(options) > 5
    assert [name for name in sorted(options) if f"`{name}" not in page] == []

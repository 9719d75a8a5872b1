"""`python -m infield` is `infield`."""

from infield.cli.main import main

main(prog_name="infield")

"""`python -m sphinx_mi_ext` is `mi-course`."""

from sphinx_mi_ext.cli import main

main(prog_name="mi-course")

"""A course as data: its model, its rules and its graph. Imports nothing of Sphinx."""

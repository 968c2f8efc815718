"""The readable files of a log box's folder, as they stand in the resources. Reads, never writes."""

from importlib.resources import files


def template(name: str) -> str:
    """The text of `name`, such as "box/rsyslog.conf"; FileNotFoundError for one that is not there."""
    return files("resources").joinpath("logbox", *name.split("/")).read_text("utf-8")

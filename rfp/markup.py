"""Markdown that people wrote, as inert HTML."""

import nh3
from flask import Flask
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = {
    "p",
    "br",
    "strong",
    "em",
    "ul",
    "ol",
    "li",
    "blockquote",
    "code",
    "pre",
    "h3",
    "h4",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "hr",
}
# A row shorter than the head of its table gets the cells it lacks: a few thousand characters can ask for millions.
MOST_CELLS = 20_000
_parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")
_parser_without_tables = MarkdownIt("commonmark", {"html": False, "breaks": True})


def _parser_for(text: str) -> MarkdownIt:
    lines = text.split("\n")
    columns = 1 + max(line.count("|") for line in lines)
    return _parser if columns * len(lines) <= MOST_CELLS else _parser_without_tables


def prose(text: str | None) -> Markup:
    """``text`` as HTML with no link, image, attribute or script: a bidder's words lead nowhere and load nothing."""
    if not text:
        return Markup("")
    html = _parser_for(text).render(text).replace("<h1>", "<h3>").replace("</h1>", "</h3>")
    html = html.replace("<h2>", "<h3>").replace("</h2>", "</h3>")
    return Markup(nh3.clean(html, tags=TAGS, attributes={}))  # noqa: S704 - nh3 has just cleaned it  # nosec B704


def init_app(app: Flask) -> None:
    """Add the filter ``prose`` to the templates."""
    app.jinja_env.filters["prose"] = prose

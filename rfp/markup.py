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
_parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")


def prose(text: str | None) -> Markup:
    """``text`` as HTML with no link, image, attribute or script: a bidder's words lead nowhere and load nothing."""
    if not text:
        return Markup("")
    html = _parser.render(text).replace("<h1>", "<h3>").replace("</h1>", "</h3>")
    html = html.replace("<h2>", "<h3>").replace("</h2>", "</h3>")
    return Markup(nh3.clean(html, tags=TAGS, attributes={}))  # noqa: S704  # nosec B704 - nh3 has just cleaned it


def init_app(app: Flask) -> None:
    """Add the filter ``prose`` to the templates."""
    app.jinja_env.filters["prose"] = prose

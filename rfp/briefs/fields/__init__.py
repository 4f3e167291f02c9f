"""Fields described by data: what a template asks of a buyer, and a brief of an agency.

A definition is a dict: ``key``, ``label``, ``type``, ``required``, and as the type needs ``help``,
``max_words``, ``options`` [{value, label}], ``multiple``, ``columns`` [{key, label, type, options?,
allow_custom?}], ``min_rows``, ``max_rows``. The value kept for each type is plain JSON:

===========  =======================================================
text         text
longtext     text (Markdown)
url          text
number       decimal text, ``"1234.5"``
money        decimal text with at most two decimals
date         ISO text, ``"2027-03-01"``
yesno        true or false
choice       an option's value; a list of them where ``multiple``
table        a list of rows, each {column key: value as above}
file         nothing: files are kept apart
===========  =======================================================

Nothing given is ``None`` (or an empty list).
"""

from rfp.briefs.fields.forms import fill, form_class, values_of
from rfp.briefs.fields.judging import Problem, is_blank, problems

__all__ = ["Problem", "fill", "form_class", "is_blank", "problems", "values_of"]

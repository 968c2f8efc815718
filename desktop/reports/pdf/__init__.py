"""The PDF of a paper: a Document in, bytes out. Everything heavy is imported when a PDF is asked for, not before."""

from desktop.reports.document import Document


def build(document: Document) -> bytes:
    """The accessible PDF (PDF/UA-1) of a paper; equal documents give equal bytes. May be called from any thread.

    Raises DoesNotFit when a one-page paper does not fit one page.
    """
    from desktop.reports.pdf.press import press

    return press(document)

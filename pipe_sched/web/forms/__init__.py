"""One form file a page."""

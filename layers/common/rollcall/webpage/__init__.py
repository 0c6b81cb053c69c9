"""The page behind an upload link, as HTML; its parts lie beside the code that puts them together."""

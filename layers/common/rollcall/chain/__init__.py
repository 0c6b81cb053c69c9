"""The steps of an upload, each written to be run twice: planning, loading, finishing."""

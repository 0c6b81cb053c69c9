"""Rollcall on a laptop: emulated AWS, a Slack workspace of its own, and the demo. Nothing else imports this."""

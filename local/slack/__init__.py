"""A Slack workspace on this machine: its Web API, its rules, and a page to try the bot in, without a Slack account.

``start`` in ``serve`` is the way in; ``blockkit.problems`` is of use without a workspace.
"""

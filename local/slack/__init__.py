"""A Slack workspace on this machine: its Web API, its rules, and a page to try the bot in, without a Slack account."""

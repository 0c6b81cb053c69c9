"""Speaking to Slack: which token, what to do when it refuses."""

"""What people see in Slack: pure functions from values to messages and views, without Slack's own library."""

"""The domain as it is stored in DynamoDB, S3 and SQS."""

"""Whether the functions may do what they do, and do what they may: IAM held against a local run."""

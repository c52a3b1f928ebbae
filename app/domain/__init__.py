"""What things are and which rules they keep; looks at nothing else."""

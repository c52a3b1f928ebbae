"""The receiving side: takes packages in, answers with receipts."""

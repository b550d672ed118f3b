"""The outside, brought in as pages: files and folders, archives, feeds and sites over HTTP."""

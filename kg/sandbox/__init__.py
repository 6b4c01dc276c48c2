"""Run work in a child process with limits of time and memory and without network and files."""

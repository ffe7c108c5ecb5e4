package dev.gatehouse.manifest;

/** What came of reading a ROBOT.md: its content, or the one reason why there is none. */
public sealed interface Reading permits Manifest, Unreadable {}

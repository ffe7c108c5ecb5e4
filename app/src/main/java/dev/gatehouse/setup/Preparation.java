package dev.gatehouse.setup;

/** Whether a setup can go ahead. */
public sealed interface Preparation permits Prepared, SetupResult.Refused {}

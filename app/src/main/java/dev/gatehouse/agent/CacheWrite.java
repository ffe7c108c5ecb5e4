package dev.gatehouse.agent;

/** The dearest kind of cache write a request can cause, by what it asks for (E4.2). */
public enum CacheWrite {
    NONE,
    FIVE_MINUTES,
    ONE_HOUR
}

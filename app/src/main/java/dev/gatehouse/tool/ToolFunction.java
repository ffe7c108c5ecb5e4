package dev.gatehouse.tool;

/** What a tool does. Only the gate may call it. */
@FunctionalInterface
public interface ToolFunction {
    /**
     * Does the work; returns when it is over.
     *
     * @throws InterruptedException if the caller gave up; an unfinished motion is stopped by its permit, not by this
     */
    ToolResult run(Invocation invocation) throws InterruptedException;
}

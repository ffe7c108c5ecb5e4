package dev.gatehouse.tool;

import dev.gatehouse.robot.Envelope;
import dev.gatehouse.robot.Permit;
import dev.gatehouse.robot.Progress;
import java.util.Optional;

/**
 * One admitted call, as the gate hands it to a tool.
 *
 * @param envelope the limits of the manifest that the call was judged by
 * @param agreed whether a person agreed to exactly this call
 * @param permit the right to move, present exactly when the call may actuate
 * @param manifestSha256 of the manifest that the call was judged by; empty if there is none
 * @param by who asked, for the record of a stop
 * @param steps the way to calls that this one is made of, present exactly when it is made of calls
 */
public record Invocation(
        ToolCall call,
        Operation operation,
        Envelope envelope,
        boolean agreed,
        Optional<Permit> permit,
        Progress progress,
        String manifestSha256,
        String by,
        Optional<Steps> steps) {}

package dev.gatehouse.agent.embedded;

import com.anthropic.models.messages.MessageDeltaUsage;
import dev.gatehouse.agent.Usage;
import dev.gatehouse.agent.embedded.MessageAssembler.BrokenStreamException;

/** Folds the usage of a stream: {@code message_start} opens it, what {@code message_delta} states is final (engines.md section 3). */
final class UsageFold {
    /** More tokens than any response has; a larger number is not a usage. */
    private static final long MAX_TOKENS = 100_000_000;

    private long input;
    private long output;
    private long read;
    private long written;
    private long written1h;
    private boolean us;

    void start(com.anthropic.models.messages.Usage usage) throws BrokenStreamException {
        input = checked(usage.inputTokens());
        output = checked(usage.outputTokens());
        read = checked(usage.cacheReadInputTokens().orElse(0L));
        var byTime = usage.cacheCreation();
        written1h = checked(byTime.map(c -> c.ephemeral1hInputTokens()).orElse(0L));
        var sum =
                written1h + checked(byTime.map(c -> c.ephemeral5mInputTokens()).orElse(0L));
        written = checked(usage.cacheCreationInputTokens().filter(w -> w > sum).orElse(sum));
        us = usage.inferenceGeo().filter("us"::equals).isPresent();
    }

    void delta(MessageDeltaUsage usage) throws BrokenStreamException {
        output = checked(usage.outputTokens());
        input = checked(usage.inputTokens().orElse(input));
        read = checked(usage.cacheReadInputTokens().orElse(read));
        written = checked(usage.cacheCreationInputTokens().orElse(written));
    }

    /** A cache write without a time class counts as 5-minute (E4.8). */
    Usage total() {
        var hour = Math.min(written1h, written);
        return new Usage(input, output, read, written - hour, hour, us);
    }

    private static long checked(long tokens) throws BrokenStreamException {
        if (tokens < 0 || tokens > MAX_TOKENS) {
            throw new BrokenStreamException();
        }
        return tokens;
    }
}

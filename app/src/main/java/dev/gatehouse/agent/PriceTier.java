package dev.gatehouse.agent;

/** Prices in micro-dollars per million tokens (E4.1). */
public record PriceTier(long input, long output, long write5m, long write1h, long read) {
    /** Tokens times prices, in millionths of a micro-dollar: exact, so that rounding happens once. */
    long exact(Usage usage) {
        var sum = Math.multiplyExact(usage.inputTokens(), input);
        sum = Math.addExact(sum, Math.multiplyExact(usage.outputTokens(), output));
        sum = Math.addExact(sum, Math.multiplyExact(usage.cacheReadTokens(), read));
        sum = Math.addExact(sum, Math.multiplyExact(usage.cacheWrite5mTokens(), write5m));
        return Math.addExact(sum, Math.multiplyExact(usage.cacheWrite1hTokens(), write1h));
    }

    /** The highest price one prompt token of such a request can have. */
    long dearestInput(CacheWrite write) {
        var plain = Math.max(input, read);
        return switch (write) {
            case NONE -> plain;
            case FIVE_MINUTES -> Math.max(plain, write5m);
            case ONE_HOUR -> Math.max(Math.max(plain, write5m), write1h);
        };
    }
}

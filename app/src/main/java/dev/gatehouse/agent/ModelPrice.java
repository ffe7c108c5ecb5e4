package dev.gatehouse.agent;

import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The price row of one model (E4.8).
 *
 * <p>Every sum is computed exactly and rounded up once, at its end. Rounding each product up by itself would let a settlement exceed
 * its reservation by a few micro-dollars, because a settlement has more products.
 *
 * @param longPrompt the tier for prompts over a size, if the model has one
 * @param maxOutput the most output tokens the model gives, if known
 * @param usPermille what computing in the US costs, in thousandths of the price
 */
public record ModelPrice(PriceTier normal, Optional<LongPrompt> longPrompt, OptionalInt maxOutput, long usPermille) {
    private static final long THOUSAND = 1_000;
    private static final long MILLION = 1_000_000;

    /**
     * The tier of prompts with more tokens than a limit.
     *
     * @param over the largest prompt that still has the normal price
     */
    public record LongPrompt(long over, PriceTier tier) {}

    /** What a response with this usage cost. */
    public Money cost(Usage usage) {
        var tier = longPrompt
                .filter(l -> usage.promptTokens() > l.over())
                .map(LongPrompt::tier)
                .orElse(normal);
        return rounded(tier.exact(usage), usage.inferenceUs() ? usPermille : THOUSAND);
    }

    /**
     * The most a call can cost: no usage within the two bounds costs more. Where the answer is computed is not known before, so the
     * dearer place is assumed.
     *
     * @param inputBound upper bound of prompt tokens
     * @param maxTokens upper bound of output tokens
     */
    public Money worst(long inputBound, long maxTokens, CacheWrite write) {
        var worst = worst(normal, inputBound, maxTokens, write);
        var dearer = longPrompt
                .filter(l -> inputBound > l.over())
                .map(l -> worst(l.tier(), inputBound, maxTokens, write))
                .orElse(Money.ZERO);
        return worst.compareTo(dearer) >= 0 ? worst : dearer;
    }

    private Money worst(PriceTier tier, long inputBound, long maxTokens, CacheWrite write) {
        var exact = Math.addExact(
                Math.multiplyExact(inputBound, tier.dearestInput(write)), Math.multiplyExact(maxTokens, tier.output()));
        return rounded(exact, Math.max(THOUSAND, usPermille));
    }

    private static Money rounded(long exact, long permille) {
        // The product can exceed a long although the sum of money never does.
        var divided = BigInteger.valueOf(exact)
                .multiply(BigInteger.valueOf(permille))
                .divideAndRemainder(BigInteger.valueOf(THOUSAND * MILLION));
        return new Money(divided[0].longValueExact() + divided[1].signum());
    }
}

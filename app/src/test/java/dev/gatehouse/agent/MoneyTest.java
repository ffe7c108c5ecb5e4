package dev.gatehouse.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class MoneyTest {
    @Test
    void aBudgetInDollarsBecomesWholeMicroDollarsAndOnlyEverShrinks() {
        assertThat(Money.ofDollars(new BigDecimal("0.50")).micros()).isEqualTo(500_000);
        assertThat(Money.ofDollars(new BigDecimal("0.0000019")).micros()).isEqualTo(1);
    }

    @Test
    void sumsAreShownAsExactDollars() {
        assertThat(new Money(1_234).dollars()).isEqualByComparingTo("0.001234");
        assertThat(new Money(50_000_000).dollars().toPlainString()).isEqualTo("50");
        assertThat(Money.ZERO.toString()).isEqualTo("0 USD");
    }

    @Test
    void thereIsNoDebt() {
        assertThat(new Money(1).minus(new Money(2))).isEqualTo(Money.ZERO);
        assertThatThrownBy(() -> new Money(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}

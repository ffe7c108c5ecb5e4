package dev.gatehouse.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("robot-md.md 2.3.7: whole numbers of any size are exact")
class WholeNumbersTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 511, 512, 513, 1024, 1025, 1536, 4097, 20_000})
    void agreesWithThePlatform(int length) {
        var random = new Random(length);
        for (var sign : new String[] {"", "-", "+"}) {
            var digits = sign + digits(random, length, 10);
            assertThat(WholeNumbers.decimal(digits)).isEqualTo(new BigInteger(digits));
        }
        var octal = digits(random, length, 8);
        assertThat(WholeNumbers.binary(octal, 3)).isEqualTo(new BigInteger(octal, 8));
        var hexadecimal = digits(random, length, 16);
        assertThat(WholeNumbers.binary(hexadecimal, 4)).isEqualTo(new BigInteger(hexadecimal, 16));
    }

    private static String digits(Random random, int length, int base) {
        return random.ints(length, 0, base)
                .mapToObj(digit -> Integer.toString(digit, base))
                .collect(Collectors.joining());
    }
}

package dev.gatehouse.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1,\"b\":1}}",
                "{} {}",
                "1 2",
                "NaN",
                "[Infinity]",
                "-Infinity",
                "{a:1}",
                "{'a':1}",
                "[1,]",
                "// x\n1",
                "01",
                "+1",
                "\"\u0001\"",
                "\"\\x\"",
                "tru"
            })
    @DisplayName("D3.5: what two readers could read differently is refused")
    void refused(String text) {
        assertThatThrownBy(() -> Json.read(text)).isInstanceOf(MalformedJsonException.class);
        assertThatThrownBy(() -> Json.read(text.getBytes(UTF_8))).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void errorsSayWhereAndNeverQuote() {
        assertThatThrownBy(() -> Json.read("{\"a\":\n hunter2}")).hasMessageStartingWith("not valid JSON at line 2");
        assertThatThrownBy(() -> Json.read("{\"hunter2\":1,\"hunter2\":2}"))
                .hasMessageStartingWith("duplicate member name")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    @DisplayName("D3.5: an exponent beyond that of any decimal is malformed, not a failure of ours")
    void exponentsAreBounded() {
        for (var text : List.of("1e2147483648", "[-1.5E+4001456789]", "{\"a\":1e-99999999999999999999}")) {
            assertThatThrownBy(() -> Json.read(text))
                    .isInstanceOf(MalformedJsonException.class)
                    .hasMessage("JSON exceeds a size or nesting limit");
        }
    }

    @Test
    void nestingIsBounded() {
        assertThatCode(() -> Json.read("[".repeat(64) + "]".repeat(64))).doesNotThrowAnyException();
        assertThatThrownBy(() -> Json.read("[".repeat(65) + "]".repeat(65)))
                .hasMessageStartingWith("JSON exceeds a size or nesting limit");
        assertThatThrownBy(() -> Json.read("[".repeat(1_000_000))).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void fractionsStayDecimal() throws Exception {
        assertThat(Json.read("0.1000000000000000055511151231257827").decimalValue())
                .isEqualTo(new BigDecimal("0.1000000000000000055511151231257827"));
    }

    @Test
    void invalidUtf8IsRefused() {
        assertThatThrownBy(() -> Json.read(new byte[] {'"', (byte) 0xc3, (byte) 0x28, '"'}))
                .isInstanceOf(MalformedJsonException.class);
    }

    @Test
    @DisplayName("D4.1: a line stays one line for every reader, whatever is in it")
    void lineSafety() throws Exception {
        var hostile = "a\nb\r\u0085\u2028\u2029\u0000\u001b[2J\u007f\u009b";

        var line = Json.line(Json.object().put("text", hostile));

        assertThat(line.chars()).allMatch(c -> c >= 0x20 && c < 0x7f);
        assertThat(Json.read(line).path("text").stringValue()).isEqualTo(hostile);
    }

    @Test
    void loneSurrogatesAreReplacedAndPairsKept() {
        assertThat(Json.line(Json.tree("a\ud800b\udc00"))).isEqualTo("\"a\uFFFDb\uFFFD\"");
        assertThat(Json.line(Json.tree("\ud83e\udd16"))).isEqualTo("\"\ud83e\udd16\"");
        assertThat(Json.wellFormed("\ud800\ud83e\udd16\udc00")).isEqualTo("\uFFFD\ud83e\udd16\uFFFD");
    }

    @Test
    void treesFromValues() throws Exception {
        assertThat(Json.tree(Map.of("a", List.of(1, "x", true)))).isEqualTo(Json.read("{\"a\":[1,\"x\",true]}"));
        assertThat(Json.tree(null).isNull()).isTrue();
    }

    @Test
    void aTreeIsMadeOfTheValuesOfJsonOnly() {
        assertThat(Json.tree(List.of(1L, 1.5, BigInteger.TEN, new BigDecimal("0.10")))
                        .toString())
                .isEqualTo("[1,1.5,10,0.10]");
        assertThatThrownBy(() -> Json.tree(Instant.EPOCH)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aMemberThatIsNotThereIsWrittenAsNull() {
        var absent = Json.object().path("absent");
        assertThat(Json.line(Json.object().set("a", absent))).isEqualTo("{\"a\":null}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "-0.0",
                "1.50",
                "1e3",
                "1E+400",
                "0.10000",
                "123456789012",
                "99999999999999999999999",
                "{}",
                "[]",
                "{\"a\":{},\"b\":[[],{}]}",
                "[1,2.50,\"x\",true,false,null]",
                "\"\\ud83e\\udd16\\u2028\"",
                " [ 1 ] "
            })
    void treesAreThoseOfTheLibrarysOwnMapper(String text) throws Exception {
        var mapper = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
        assertThat(Json.read(text)).isEqualTo(mapper.readTree(text));
        assertThat(Json.read(text.getBytes(UTF_8))).isEqualTo(mapper.readTree(text));
    }
}

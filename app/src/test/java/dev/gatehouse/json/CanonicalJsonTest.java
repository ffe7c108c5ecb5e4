package dev.gatehouse.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.manifest.ReferenceData;
import java.nio.file.Files;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@DisplayName("RFC 8785")
class CanonicalJsonTest {
    private static String canonical(String json) throws MalformedJsonException {
        return CanonicalJson.text(Json.read(json));
    }

    @Test
    @DisplayName("3.2.2: the strings and literals of the example")
    void stringsAndLiterals() throws Exception {
        assertThat(canonical("{\"string\": \"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\","
                        + " \"literals\": [null, true, false]}"))
                .isEqualTo("{\"literals\":[null,true,false],\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    @Test
    @DisplayName("3.2.3: members in the order of UTF-16 code units")
    void order() throws Exception {
        var sorted = canonical("""
                {"\\u20ac": "Euro Sign", "\\r": "Carriage Return", "\\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
                 "\\ud83d\\ude00": "Emoji: Grinning Face", "\\u0080": "Control", "\\u00f6": "Latin Small Letter O With Diaeresis"}
                """);

        assertThat(Json.read(sorted).propertyNames())
                .containsExactly("\r", "1", "\u0080", "\u00f6", "\u20ac", "\ud83d\ude00", "\ufb33");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "-0.0, 0",
        "0e5, 0",
        "1.0, 1",
        "10, 10",
        "1e2, 100",
        "-1.50, -1.5",
        "4.50, 4.5",
        "2e-3, 0.002",
        "0.000001, 0.000001",
        "0.0000001, 1e-7",
        "0.00000123, 0.00000123",
        "0.000000123, 1.23e-7",
        "-1e-9, -1e-9",
        "9007199254740991, 9007199254740991",
        "-9007199254740991, -9007199254740991",
        "0.1, 0.1",
        "333.33333333333329, 333.33333333333329"
    })
    @DisplayName("3.2.2.3: numbers as ECMAScript writes them")
    void numbers(String number, String canonical) throws Exception {
        assertThat(canonical(number)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9007199254740992",
                "-9007199254740992",
                "1e16",
                "1e400",
                "1e999999999",
                "0.123456789012345678",
                "\"\\ud800\"",
                "\"\\udc00x\""
            })
    @DisplayName("what has no unambiguous form is refused, quickly")
    void refused(String json) throws Exception {
        var node = Json.read(json);

        assertThatThrownBy(() -> CanonicalJson.text(node)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothingBetweenTokens() throws Exception {
        assertThat(canonical(" { \"b\" : [ ] , \"a\" : { } , \"c\" : [ 1 , { \"z\" : 1 , \"y\" : 2 } ] } "))
                .isEqualTo("{\"a\":{},\"b\":[],\"c\":[1,{\"y\":2,\"z\":1}]}");
    }

    @Test
    void hashes() throws Exception {
        assertThat(CanonicalJson.sha256("abc".getBytes(UTF_8)))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(CanonicalJson.sha256(Json.read("{ \"a\": 1.0 }")))
                .isEqualTo(CanonicalJson.sha256("{\"a\":1}".getBytes(UTF_8)));
    }

    static Stream<JsonNode> sharedVectors() throws Exception {
        var file = ReferenceData.shared("data/rcan/canonical-json-v1.json");
        return file.isEmpty()
                ? Stream.of(Json.object())
                : Json.read(Files.readAllBytes(file.get())).path("cases").valueStream();
    }

    @ParameterizedTest
    @MethodSource("sharedVectors")
    @DisplayName("the bytes of other implementations, read in place")
    void agreesWithOthers(JsonNode vector) {
        assumeTrue(vector.has("name"), "reference data is absent");

        assertThat(CanonicalJson.text(vector.get("input")))
                .as(vector.get("name").stringValue())
                .isEqualTo(new String(
                        Base64.getDecoder()
                                .decode(vector.get("expected_bytes_base64").stringValue()),
                        UTF_8));
    }
}

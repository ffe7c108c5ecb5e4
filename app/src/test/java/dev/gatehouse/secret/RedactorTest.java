package dev.gatehouse.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.json.Json;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("D4.6: known secrets do not leave in a text")
class RedactorTest {
    private static final String TOKEN = "q3Zk1n0T9wX_yVb-2m8LrPs7uHc5dEfG6aIoJtKxQzM";
    private static final String KEY = "sk-ant-api03-0123456789abcdef_-XYZ";

    private final Redactor redactor = new Redactor(sha256(TOKEN)::equals);

    private static String sha256(String text) {
        return CanonicalJson.sha256(text.getBytes(UTF_8));
    }

    @Test
    void bearersByTheirHash() {
        assertThat(redactor.clean("Authorization: Bearer " + TOKEN + ", twice: " + TOKEN))
                .isEqualTo("Authorization: Bearer %1$s, twice: %1$s"
                        .formatted("[redacted:bearer:" + sha256(TOKEN).substring(0, 12) + "]"));
    }

    @Test
    void keysWhileTheirTaskLives() {
        try (var key = Secret.of(KEY)) {
            assertThat(redactor.clean(KEY)).isEqualTo(KEY);
            redactor.know(key);
            assertThat(redactor.clean("x=" + KEY + ";")).isEqualTo("x=[redacted:key:" + key.fingerprint() + "];");
            redactor.forget(key);
            assertThat(redactor.clean(KEY)).isEqualTo(KEY);
        }
    }

    @Test
    void keysWhileAnybodyPaysWithThem() {
        try (var mine = Secret.of(KEY);
                var yours = Secret.of(KEY)) {
            redactor.know(mine);
            redactor.know(yours);
            redactor.forget(mine);
            assertThat(redactor.clean(KEY)).doesNotContain(KEY);
            redactor.forget(yours);
            redactor.forget(yours);
            assertThat(redactor.clean(KEY)).isEqualTo(KEY);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"%s\"", "(%s)", "a %s b", "%s\n", "https://h/?t=%s&x", "{%s}", "\u00e9%s\u00e9"})
    void wherever(String text) {
        assertThat(redactor.clean(text.formatted(TOKEN))).doesNotContain(TOKEN).contains("[redacted:bearer:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp__robot__%s", "x%s", "%sx", "a_%s-b", "%s%1$s", "sk-ant-%s"})
    @DisplayName("D4.6, T8.1: also where something is put before or after it, as before the name of a tool")
    void insideAWord(String text) throws Exception {
        var key = "sk-ant-api03-0123456789.abc+def/g=$";
        try (var secret = Secret.of(key)) {
            redactor.know(secret);
            for (var word : List.of(TOKEN, key)) {
                var hidden = text.formatted(word);
                assertThat(redactor.clean(hidden)).doesNotContain(word).contains("[redacted:");
                assertThat(redactor.clean("a".repeat(500) + hidden)).doesNotContain(word);
                assertThat(redactor.finds(Json.object().put("a", hidden))).isTrue();
                assertThat(redactor.finds(
                                Json.object().put("a", hidden.substring(0, 9)).put("b", hidden.substring(9))))
                        .isTrue();
                var base64 = Base64.getEncoder().encodeToString(hidden.getBytes(UTF_8));
                assertThat(redactor.finds(Json.object().put("a", base64))).isTrue();
            }
            redactor.forget(secret);
            assertThat(redactor.clean(text.formatted(key))).contains(key);
        }
    }

    @Test
    @DisplayName("D4.6: the longest text of a line takes no time worth noticing")
    void longWords() {
        var text = "Ab3_".repeat(65_536);
        var since = System.nanoTime();

        assertThat(redactor.clean(text)).isEqualTo(text);
        assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void treesWithMemberNamesAndLists() throws Exception {
        var tree = Json.read("{\"%1$s\": [\"a %1$s\", 1, null, {\"b\": \"%1$s\"}]}".formatted(TOKEN));

        assertThat(redactor.finds(tree)).isTrue();
        var clean = redactor.clean(tree);
        assertThat(Json.line(clean)).doesNotContain(TOKEN);
        assertThat(redactor.finds(clean)).isFalse();
        assertThat(Json.line(tree)).contains(TOKEN);
    }

    static List<String> disguises() {
        var base64 = Base64.getEncoder().encodeToString(TOKEN.getBytes(UTF_8));
        var url = Base64.getUrlEncoder().withoutPadding().encodeToString(("token=" + TOKEN + "!").getBytes(UTF_8));
        var percent = TOKEN.chars().mapToObj("%%%02X"::formatted).collect(Collectors.joining());
        var half = TOKEN.length() / 2;
        var front = TOKEN.substring(0, half);
        var back = TOKEN.substring(half);
        var letters = TOKEN.substring(0, 15)
                .chars()
                .mapToObj(c -> "\"" + (char) c + "\"")
                .collect(Collectors.joining(","));
        return List.of(
                "{\"a\":\"" + TOKEN + "\"}",
                "{\"" + TOKEN + "\":1}",
                "{\"a\":\"" + front + "\",\"b\":{\"c\":[\"" + back + "\"]}}",
                "{\"b\":\"" + back + "\",\"a\":\"" + front + "\"}",
                "{\"a\":\"first " + front + "\",\"b\":\"" + back + " last\"}",
                "{\"a\":[" + letters + ",\"" + TOKEN.substring(15) + "\"]}",
                "{\"" + front + "\":1,\"" + back + "\":2}",
                "{\"a\":\"" + base64 + "\"}",
                "{\"a\":\"see " + url + " there\"}",
                "{\"a\":\"" + base64.substring(0, 20) + "\",\"b\":\"" + base64.substring(20) + "\"}",
                "{\"a\":\"" + percent + "\"}",
                "{\"a\":\"" + front + "%" + "%02X".formatted((int) back.charAt(0)) + back.substring(1) + "\"}");
    }

    @ParameterizedTest
    @MethodSource("disguises")
    @DisplayName("D6.5, T8.2: a token is found whole, in pieces over members, in Base64, percent-encoded once")
    void disguised(String tree) throws Exception {
        assertThat(redactor.finds(Json.read(tree))).isTrue();
    }

    @Test
    @DisplayName("D6.5: looking through the largest arguments there may be takes no time worth noticing")
    void manyWords() throws Exception {
        var tree = Json.object().put("a", "lorem ".repeat(10_000));
        var since = System.nanoTime();

        assertThat(redactor.finds(tree)).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void everythingElseStays() throws Exception {
        var tree = Json.read("{\"a\": [\"$1 \\\\ plain\", 1.50, true, null, \"%s\"]}".formatted("x".repeat(43)));

        assertThat(redactor.clean(tree)).isEqualTo(tree);
        assertThat(redactor.finds(tree)).isFalse();
    }
}

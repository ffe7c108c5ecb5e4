package dev.gatehouse.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.json.Json;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    @Test
    void treesWithMemberNamesAndLists() throws Exception {
        var tree = Json.read("{\"%1$s\": [\"a %1$s\", 1, null, {\"b\": \"%1$s\"}]}".formatted(TOKEN));

        assertThat(redactor.finds(tree)).isTrue();
        var clean = redactor.clean(tree);
        assertThat(Json.line(clean)).doesNotContain(TOKEN);
        assertThat(redactor.finds(clean)).isFalse();
        assertThat(Json.line(tree)).contains(TOKEN);
    }

    @Test
    void everythingElseStays() throws Exception {
        var tree = Json.read("{\"a\": [\"$1 \\\\ plain\", 1.50, true, null, \"%s\"]}".formatted("x".repeat(43)));

        assertThat(redactor.clean(tree)).isEqualTo(tree);
        assertThat(redactor.finds(tree)).isFalse();
    }
}

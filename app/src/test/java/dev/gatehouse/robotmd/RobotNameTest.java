package dev.gatehouse.robotmd;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RobotNameTest {
    @ParameterizedTest
    @CsvSource({
        "bench-arm_1.2~x, robot-md://bench-arm_1.2~x/body",
        "my robot, robot-md://my%20robot/body",
        "a/b, robot-md://a%2Fb/body",
        "röbot, robot-md://r%C3%B6bot/body",
        "🤖, robot-md://%F0%9F%A4%96/body",
        "50%, robot-md://50%25/body",
        "x?y, robot-md://x%3Fy/body",
        "a#b, robot-md://a%23b/body",
        "../up, robot-md://..%2Fup/body",
        "a%20b, robot-md://a%2520b/body"
    })
    @DisplayName("8.2: the name is one percent-encoded segment, and the raw form is accepted beside it")
    void encodedAndRaw(String text, String uri) {
        var name = new RobotName(text);

        assertThat(name.uri("body")).isEqualTo(uri);
        assertThat(URI.create(uri).getScheme()).isEqualTo("robot-md");
        assertThat(name.kind(uri)).contains("body");
        assertThat(name.kind("robot-md://" + text + "/body")).contains("body");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "robot-md://m%79 r%c3%B6b%2Fot/safety",
                "robot-md://my%20röb/ot/safety",
                "robot-md://my r%c3%b6b%2fot/safety",
                "robot-md://%6D%79%20%72%C3%B6%62%2F%6F%74/safety"
            })
    @DisplayName("8.2: any mixture that decodes to the name, hexadecimal digits in either case")
    void mixtures(String uri) {
        assertThat(new RobotName("my röb/ot").kind(uri)).contains("safety");
    }

    @Test
    @DisplayName("8.2: a percent sign that begins no octet stands for itself")
    void lonePercent() {
        var name = new RobotName("50% of it");

        assertThat(name.kind("robot-md://50%%20of%20it/body")).contains("body");
        assertThat(name.kind("robot-md://50%25 of it/body")).contains("body");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "robot-md://Tin-mouse/body",
                "ROBOT-MD://tin-mouse/body",
                "robot-md://tin-mouse2/body",
                "robot-md://tin-mouse%20/body",
                "robot-md:///body",
                "robot-md://body",
                "robot-md:/tin-mouse/body",
                "tin-mouse/body",
                "file:///etc/passwd",
                ""
            })
    @DisplayName("8.2: everything is compared case-sensitively, and nothing else is this robot")
    void others(String uri) {
        assertThat(new RobotName("tin-mouse").kind(uri)).isEmpty();
    }

    @Test
    @DisplayName("8.2: the kind is what follows the last slash, as it is")
    void kind() {
        var name = new RobotName("tin-mouse");

        assertThat(name.kind("robot-md://tin-mouse/")).contains("");
        assertThat(name.kind("robot-md://tin-mouse/Body")).contains("Body");
        assertThat(name.kind("robot-md://tin-mouse/b%6Fdy")).contains("b%6Fdy");
        assertThat(name.kind("robot-md://tin-mouse/x/body")).isEmpty();
    }

    @Property(tries = 500)
    void whateverTheNameItsUriIsOneAndMeansIt(@ForAll @StringLength(max = 64) String text) {
        var name = new RobotName(text);

        assertThat(name.encoded()).matches("([A-Za-z0-9._~-]|%[0-9A-F]{2})*");
        assertThat(name.kind(name.uri("x"))).contains("x");
        assertThat(name.isSpelt(name.text())).isTrue();
    }
}

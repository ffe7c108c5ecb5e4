package dev.gatehouse.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("robot-md.md 3.5: the uri format")
class UriFormatTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "urn:a", "mailto:a@b", "a:b", "http://", "HTTP://x", "https://example.org/a/b?c=d#e",
                        "http://[::1]:80/", "http://[1::]",
                "http://[::ffff:192.0.2.1]/", "http://[1:2:3:4:5:6:7:8]", "http://[v1.a:b]", "http://u:p@h:1/", "a:/",
                        "a:?", "a:#", "file:///x",
                "http://h?", "http://h/%41", "a+b-c.d:x", "a:b:c@d"
            })
    void accepted(String uri) {
        assertThat(UriFormat.isUri(uri)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "/a",
                "//a",
                "?a",
                "#a",
                "a:",
                ":a",
                "1a:b",
                "a b:c",
                "a:b c",
                "a:ü",
                "http://ü/",
                "a:b|c",
                "a:\"",
                "a:<b>",
                "a:\\b",
                "a:^",
                "a:`",
                "a:{}",
                "a:%4",
                "a:%zz",
                "a:b#c#d",
                "http://h:x/",
                "http://[::1",
                "http://[:::1]",
                "http://[1:2:3]",
                "http://[1:2:3:4:5:6:7:8:9]",
                "http://[::1%25eth0]",
                "http://[12345::]",
                "http://a@b@c/",
                "a:b\n",
                "a:[b]",
                "http://[::256.1.1.1]"
            })
    void refused(String uri) {
        assertThat(UriFormat.isUri(uri)).isFalse();
    }
}

package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

/** What every refusal looks like. */
final class Problems {
    private Problems() {}

    /** Asserts that an answer is the problem document with this code, whole and consistent with its headers (3.6). */
    static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        var problem = answer.json();
        assertThat(problem.path("type").asString()).isEqualTo("urn:gatehouse:problem:" + code);
        assertThat(problem.path("code").asString()).isEqualTo(code);
        assertThat(problem.path("status").intValue()).isEqualTo(status);
        assertThat(problem.path("title").asString()).isNotBlank();
        assertThat(problem.path("detail").isString()).isTrue();
        assertThat(problem.path("request_id").asString()).isEqualTo(answer.header("X-Request-Id"));
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }
}

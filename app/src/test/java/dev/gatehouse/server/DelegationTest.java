package dev.gatehouse.server;

import static dev.gatehouse.server.Scripts.goal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Callers that act for others (D2.2). */
class DelegationTest {
    private static final String USERS = "user-none, user-read, user-actuate, hop1, gone, capped";

    private static final String BEARERS = Who.file() + """
            - {caller: bot-none, tier: none, token: bot-none-token, may_act_for: [%1$s]}
            - {caller: bot-read, tier: read, token: bot-read-token, may_act_for: [%1$s]}
            - {caller: bot-actuate, tier: actuate, roles: [admin], token: bot-actuate-token, may_act_for: [%1$s]}
            - {caller: user-none, tier: none, token: user-none-token}
            - {caller: user-read, tier: read, token: user-read-token}
            - {caller: user-actuate, tier: actuate, token: user-actuate-token}
            - {caller: hop1, tier: read, token: hop1-token, may_act_for: [hop2, gone]}
            - {caller: hop2, tier: actuate, token: hop2-token, may_act_for: [hop3]}
            - {caller: hop3, tier: actuate, token: hop3-token, may_act_for: [hop4]}
            - {caller: hop4, tier: actuate, token: hop4-token, may_act_for: [hop5]}
            - {caller: hop5, tier: actuate, token: hop5-token}
            - {caller: gone, tier: actuate, token: gone-token, expires: 2020-01-01T00:00:00Z}
            - {caller: capped, tier: actuate, token: capped-token, limits: {max_turns: 5}}
            """.formatted(USERS);

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.with()
                .bearers(BEARERS)
                .scripts(Scripts.TAP, Scripts.CREEP)
                .start();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static String forThem(String json) {
        return goal("tap", ",\"effect\":\"observe\",\"on_behalf_of\":" + json);
    }

    private static Answer order(String bot, String body) {
        return server.withToken(bot + "-token").post("/v1/tasks", body, "Prefer", "respond-async");
    }

    private static JsonNode actor(Answer accepted) {
        return server.audited("task_created", accepted.json().path("id").asString())
                .path("actor");
    }

    @ParameterizedTest
    @CsvSource({
        "none, none, none", "none, read, none", "none, actuate, none",
        "read, none, none", "read, read, read", "read, actuate, read",
        "actuate, none, none", "actuate, read, read", "actuate, actuate, actuate"
    })
    @DisplayName("T5.2: who acts for another has the lower tier of the two")
    void matrix(String bot, String user, String effective) {
        var answer = order("bot-" + bot, forThem("\"user-" + user + "\""));
        if (effective.equals("none")) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("tier_required");
            return;
        }
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        var actor = actor(answer);
        assertThat(actor.path("tier").asString()).isEqualTo(effective);
        assertThat(actor.path("caller").asString()).isEqualTo("bot-" + bot);
        assertThat(actor.path("credential").asString()).startsWith("crd-");
        assertThat(actor.path("on_behalf_of").asString()).isEqualTo("user-" + user);
        assertThat(actor.path("roles").toString()).isEqualTo("[\"stop\"]");

        var moving = order("bot-" + bot, goal("tap", ",\"effect\":\"actuate\",\"on_behalf_of\":\"user-" + user + "\""));
        assertThat(moving.status()).isEqualTo(effective.equals("actuate") ? 202 : 403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[\"hop1\"] | 202",
                "[\"hop1\",\"hop2\"] | 202",
                "[\"hop1\",\"hop2\",\"hop3\"] | 202",
                "[\"hop1\",\"hop2\",\"hop3\",\"hop4\"] | 422",
                "[\"hop1\",\"hop2\",\"hop3\",\"hop4\",\"hop5\"] | 422",
                "[] | 422"
            })
    @DisplayName("T5.3: a chain has three hops at most")
    void hops(String chain, int status) {
        var answer = order("bot-actuate", forThem(chain));

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        if (status == 422) {
            assertThat(answer.json().path("errors").get(0).path("loc").get(1).asString())
                    .isEqualTo("on_behalf_of");
        }
    }

    @Test
    @DisplayName("T5.3: a chain grants what its weakest member has, and audit names every hop")
    void scopeNeverGrows() {
        var chain = "[\"hop1\",\"hop2\",\"hop3\"]";
        var looking = order("bot-actuate", forThem(chain));
        var actor = actor(looking);
        assertThat(actor.path("on_behalf_of").asString()).isEqualTo("hop1 > hop2 > hop3");
        assertThat(actor.path("tier").asString()).isEqualTo("read");

        var moving = order("bot-actuate", goal("tap", ",\"effect\":\"actuate\",\"on_behalf_of\":" + chain));
        assertThat(moving.status()).isEqualTo(403);
        assertThat(moving.code()).isEqualTo("tier_required");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"hop2\"",
                "[\"hop2\",\"hop3\"]",
                "[\"hop1\",\"hop3\"]",
                "[\"user-actuate\",\"hop1\"]",
                "\"gone\"",
                "[\"hop1\",\"gone\"]",
                "\"nobody\"",
                "\"bot-actuate\""
            })
    @DisplayName("T5.3: every hop is verified; forged, expired and unknown ones get the same bytes")
    void forged(String chain) {
        var answer = order("bot-actuate", forThem(chain));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.textWithoutRequestId())
                .isEqualTo(order("bot-actuate", forThem("\"never-was\"")).textWithoutRequestId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "7", "{}", "\"\"", "[7]", "[\"hop1\",\"\"]", "true"})
    @DisplayName("D2.2: what is no name is refused, not ignored")
    void malformed(String json) {
        assertThat(order("bot-actuate", forThem(json)).status()).isEqualTo(422);
    }

    @Test
    @DisplayName("D2.2: nobody acts for others without may_act_for")
    void needsTheRight() {
        var answer = order("user-actuate", forThem("\"user-read\""));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("role_required");
    }

    @Test
    @DisplayName("T5.3: the caps of whom one acts for hold as well")
    void caps() {
        assertThat(order("bot-actuate", goal("tap", ",\"max_turns\":6,\"on_behalf_of\":\"capped\""))
                        .code())
                .isEqualTo("over_limit");
        assertThat(order("bot-actuate", forThem("\"capped\"").replace("}", ",\"max_turns\":5}"))
                        .status())
                .isEqualTo(202);
    }

    @Test
    @DisplayName("D7.4, B9: nobody agrees to a call that another makes in their name with the same credential")
    void noAgreementInOnesOwnName() {
        var bearers = BEARERS.replace("user-actuate, tier: actuate,", "user-actuate, tier: actuate, roles: [approve],");
        try (var own = TestServer.with()
                        .bearers(bearers)
                        .policy("tools: {execute_capability: {approval: always}}\n")
                        .scripts(Scripts.TAP)
                        .start();
                var events = own.withToken("bot-actuate-token")
                        .dispatch(goal("tap", ",\"on_behalf_of\":\"user-actuate\""))) {
            var asked = events.await("approval_required");
            var id = asked.path("approval_id").asString();

            assertThat(own.decide(own.withToken("user-actuate-token"), id, "approve")
                            .code())
                    .isEqualTo("role_required");
            assertThat(own.decide(own.as(Who.APPROVER), id, "approve").status()).isEqualTo(200);
            assertThat(events.toEnd().status()).isEqualTo("completed");
        }
    }

    @Test
    @DisplayName("T5.3, D2.8: who is acted for loses the credential: what moves for them stops")
    void revokedHop() throws IOException {
        try (var own = TestServer.with().bearers(BEARERS).scripts(Scripts.CREEP).start();
                var events = own.withToken("bot-actuate-token")
                        .dispatch(goal("creep", ",\"on_behalf_of\":\"user-actuate\""))) {
            await().until(() -> own.arm().moving());
            Files.writeString(
                    own.bearers(),
                    BEARERS.replace("- {caller: user-actuate, tier: actuate, token: user-actuate-token}\n", ""));
            own.reload();

            await().until(() -> own.audit("task_ended").size() == 1);
            assertThat(own.audit("task_ended").getFirst().path("outcome").asString())
                    .isEqualTo("canceled");
            assertThat(own.withToken("bot-actuate-token").get("/v1/whoami").status())
                    .isEqualTo(200);
            assertThat(events.breaks()).isTrue();
        }
    }
}

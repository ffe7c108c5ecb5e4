package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.agent.FailureCode;
import dev.gatehouse.dispatch.EventType;
import dev.gatehouse.dispatch.Refusal;
import dev.gatehouse.dispatch.StopCause;
import dev.gatehouse.dispatch.TaskState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the server says of itself is whole, and is all there is (dispatcher.md 3.1, section 21). */
class OpenApiTest {
    private static final Path MAIN = Path.of("src", "main");

    /** Where a refusal of the gate gets its code: the first text after the step. */
    private static final Pattern GATE_CODE = Pattern.compile(
            "(?:Deny\\.(?:error|blocked)|new (?:Verdict\\.)?Deny|deny\\w+|\\w+Denies)\\(\\s*(?:Step\\.\\w+,\\s*)?\"(\\w+)\"");

    private static final Pattern FAULT = Pattern.compile("new (?:Ending\\.)?Fault\\(\\s*\"(\\w+)\"");

    private static final Pattern EMITTED_NAME = Pattern.compile("ephemeral\\(\\s*\"(\\w+)\"");

    private static JsonNode schema(String name) {
        return Contract.document().at("/components/schemas/" + name);
    }

    private static List<String> listed(String name) {
        return schema(name).path("enum").valueStream().map(JsonNode::asString).toList();
    }

    private static List<Operation> operations() {
        var out = new ArrayList<Operation>();
        for (var path : Contract.document().path("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                out.add(new Operation(
                        operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue()));
            }
        }
        return out;
    }

    private record Operation(String method, String path, JsonNode node) {}

    @Test
    @DisplayName("3.1: every route is described; the document is made of the table of routes")
    void everyRouteIsDescribed() {
        assertThat(operations())
                .isNotEmpty()
                .filteredOn(operation ->
                        operation.node().path("summary").asString("").isBlank())
                .as("describe them in description.yaml")
                .isEmpty();
    }

    @Test
    @DisplayName("3.1: every description is that of a route")
    void everyDescriptionHasItsRoute() throws Exception {
        var described = new TreeSet<String>();
        Pattern.compile("(?m)^  ((?:GET|POST|PUT|DELETE) /\\S*):$")
                .matcher(resource())
                .results()
                .forEach(line -> described.add(line.group(1)));

        assertThat(operations().stream().map(o -> o.method() + " " + o.path()))
                .containsExactlyInAnyOrderElementsOf(described);
    }

    private static String resource() throws Exception {
        return Files.readString(MAIN.resolve("resources/dev/gatehouse/web/description.yaml"));
    }

    @Test
    @DisplayName("3.1: what is described is served, with the prefix and without it")
    void everyRouteIsServed() {
        try (var server = TestServer.start()) {
            for (var operation : operations()) {
                var path = operation.path().replaceAll("\\{\\w+}", "none");
                var answer = server.stranger().unchecked(operation.method(), path);
                assertThat(answer.status()).as(path).isEqualTo(path.equals("/healthz") ? 200 : 401);
                if (path.startsWith("/v1/")) {
                    assertThat(server.stranger()
                                    .unchecked(operation.method(), path.substring(3))
                                    .status())
                            .isEqualTo(401);
                }
            }
        }
    }

    @Test
    @DisplayName("3.1: what OpenAPI 3.1 requires of a document is there, and every reference leads somewhere")
    void wellFormed() {
        var document = Contract.document();
        assertThat(document.path("openapi").asString()).isEqualTo("3.1.0");
        assertThat(document.at("/info/title").asString()).isNotBlank();
        assertThat(document.at("/info/version").asString()).isNotBlank();
        assertThat(operations().stream().map(o -> o.node().path("operationId").asString()))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-z][A-Za-z]+"));
        for (var operation : operations()) {
            assertThat(operation.node().path("responses").propertyNames())
                    .isNotEmpty()
                    .allMatch(status -> status.matches("[1-5]([0-9]{2}|XX)"));
            operation
                    .node()
                    .path("responses")
                    .forEach(response ->
                            assertThat(response.path("description").asString()).isNotBlank());
        }
        references(document)
                .forEach(target -> assertThat(document.at(target.substring(1)).isMissingNode())
                        .as(target)
                        .isFalse());
    }

    private static Stream<String> references(JsonNode node) {
        var own = node.path("$ref").isString() ? Stream.of(node.path("$ref").asString()) : Stream.<String>empty();
        return Stream.concat(own, node.valueStream().flatMap(OpenApiTest::references));
    }

    @Test
    @DisplayName("D21: every problem code that the program knows is listed, with its status")
    void problemCodes() {
        var meanings = schema("ProblemCode").path("description").asString();
        for (var code : Refusal.Code.values()) {
            assertThat(listed("ProblemCode")).contains(code.wire());
            assertThat(meanings).contains("* `" + code.wire() + "` " + code.status() + ": ");
        }
    }

    @Test
    @DisplayName("D21: every code the gate can give is listed")
    void gateCodes() {
        assertThat(inSources("gate", GATE_CODE)).hasSizeGreaterThan(8);
        assertThat(listed("GateCode")).containsAll(inSources("gate", GATE_CODE));
    }

    @Test
    @DisplayName("D21: every code a result can have is listed")
    void resultErrorCodes() {
        var faults = inSources("", FAULT);
        Arrays.stream(FailureCode.values()).map(FailureCode::code).forEach(faults::add);
        Arrays.stream(StopCause.values())
                .map(cause -> cause.name().toLowerCase(Locale.ROOT))
                .forEach(faults::add);

        assertThat(listed("ResultErrorCode")).containsAll(faults);
    }

    @Test
    @DisplayName("4.2: every type of event is described, stored or not")
    void eventTypes() {
        var types = inSources("dispatch", EMITTED_NAME);
        assertThat(types).contains("heartbeat", "text_delta");
        Arrays.stream(EventType.values()).map(EventType::wire).forEach(types::add);

        for (var type : types) {
            assertThat(schema("Event_" + type).isObject()).as(type).isTrue();
        }
        assertThat(schema("Event").at("/properties/type/enum").valueStream().map(JsonNode::asString))
                .containsAll(types);
    }

    @Test
    @DisplayName("section 1: the states of a task are those there are")
    void states() {
        assertThat(listed("TaskState"))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(TaskState.values()).map(TaskState::wire).toList());
    }

    private static Set<String> inSources(String room, Pattern code) {
        try (var files = Files.walk(MAIN.resolve("java/dev/gatehouse").resolve(room))) {
            var found = new TreeSet<String>();
            for (var file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                code.matcher(Files.readString(file)).results().forEach(match -> found.add(match.group(1)));
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

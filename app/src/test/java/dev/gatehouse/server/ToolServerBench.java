package dev.gatehouse.server;

import dev.gatehouse.json.Json;
import dev.gatehouse.toolserver.StandInHome;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** A server with a tool server of somebody else's in place of the built-in tools. */
record ToolServerBench(TestServer server, StandInHome program) implements AutoCloseable {
    static ToolServerBench start(String policy) {
        return start(policy, program -> {});
    }

    /**
     * Starts both.
     *
     * @param policy its members
     * @param like what is done with the program before it starts
     */
    static ToolServerBench start(String policy, Consumer<StandInHome> like) {
        return start(TestServer.with().policy(policy), like);
    }

    static ToolServerBench start(TestServer.Builder builder, Consumer<StandInHome> like) {
        var program = new AtomicReference<StandInHome>();
        var server = builder.toolServer(home -> {
                    like.accept(home);
                    program.set(home);
                })
                .start();
        return new ToolServerBench(server, program.get());
    }

    /** What a call comes to: {@code is_error}, {@code text}, {@code result}. */
    JsonNode call(Who who, String tool, String arguments) {
        return server.as(who).post("/v1/tools/" + tool, arguments).json();
    }

    /** A motion that the manifest has no objection to. */
    JsonNode move(String word) {
        return call(
                Who.ACTUATOR,
                "execute_capability",
                Json.line(Json.object().put("capability", "arm.home").put("do", word)));
    }

    /** Why a call was refused; empty if it was not. */
    static String reason(JsonNode answer) {
        return answer.path("result").path("error").path("reason").asString("");
    }

    @Override
    public void close() {
        server.close();
    }
}

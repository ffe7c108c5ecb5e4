package dev.gatehouse.web;

import dev.gatehouse.dispatch.Task;

/** The HTTP status that tells how a task ended, for callers that wait for one JSON answer (dispatcher.md 3.5). */
final class Outcomes {
    private Outcomes() {}

    static int status(Task task) {
        return switch (task.state()) {
            case COMPLETED -> 200;
            case REFUSED -> 403;
            case CANCELED, ESTOPPED, STOPPED_DISCONNECT, TOOL_DRIFT -> 409;
            case BUDGET_EXCEEDED -> 402;
            case MAX_TURNS -> 422;
            case DEADLINE -> 504;
            case FAILED ->
                task.member("result").path("error").path("code").asString("").equals("internal") ? 500 : 502;
            case UNKNOWN -> 500;
            case ACCEPTED, QUEUED, RUNNING, AWAITING_APPROVAL, STOPPING -> 202;
        };
    }
}

package dev.gatehouse.mcp;

/** Takes down what went wrong inside, under the id that the client was told. */
@FunctionalInterface
public interface FaultLog {
    void failed(String correlationId, Throwable cause);
}

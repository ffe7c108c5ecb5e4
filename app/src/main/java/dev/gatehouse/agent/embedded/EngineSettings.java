package dev.gatehouse.agent.embedded;

import dev.gatehouse.agent.EngineInfo;
import java.net.URI;

/**
 * How an embedded engine talks to its endpoint. Operator configuration throughout: a caller can set none of it (E7.1).
 *
 * @param modelUrl base URL; {@code /v1/messages} is added
 * @param maxTokens output tokens asked for per response, 256 to 128,000
 */
public record EngineSettings(EngineInfo info, URI modelUrl, int maxTokens) {
    /** Where the public API is. */
    public static final URI PUBLIC_API = URI.create("https://api.anthropic.com");

    /** What an order that names no model gets, unless the operator says otherwise. */
    public static final String DEFAULT_MODEL = "claude-sonnet-5-5";

    /** The default of E2.3. */
    public static final int MAX_TOKENS = 8_192;

    private static final String SDK_VERSION = "anthropic-java 3.10.0";

    public EngineSettings {
        if (maxTokens < 256 || maxTokens > 128_000) {
            throw new IllegalArgumentException("max tokens out of 256..128000: " + maxTokens);
        }
    }

    /** The engine {@code embedded} on a Messages API endpoint. */
    public static EngineSettings embedded(URI modelUrl) {
        return new EngineSettings(new EngineInfo("embedded", SDK_VERSION, false), modelUrl, MAX_TOKENS);
    }

    /** The engine {@code rehearsal}: the same loop on a rehearsal endpoint (engines.md section 6). */
    public static EngineSettings rehearsal(URI endpoint) {
        return new EngineSettings(new EngineInfo("rehearsal", SDK_VERSION, true), endpoint, MAX_TOKENS);
    }
}

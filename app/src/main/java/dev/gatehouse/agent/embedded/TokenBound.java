package dev.gatehouse.agent.embedded;

import dev.gatehouse.json.Json;

/** Upper bounds of tokens from bytes: a token holds at least one byte of UTF-8, and every part costs something more (E4.2). */
final class TokenBound {
    /** What a block or a message costs besides its text. */
    static final long PART = 64;

    /** What the provider puts before every prompt, most of all the text that explains tools to the model. */
    static final long PREAMBLE = 1_024;

    private static final long LEAST_IMAGE = 1_600;
    private static final long PIXELS_PER_TOKEN = 750;

    private TokenBound() {}

    /** A text as a block of its own. */
    static long of(String text) {
        return PART + utf8(text);
    }

    static long of(Block block) {
        return PART
                + switch (block) {
                    case Block.Text text -> utf8(text.text());
                    case Block.Thinking thinking -> utf8(thinking.thinking()) + utf8(thinking.signature());
                    case Block.RedactedThinking redacted -> utf8(redacted.data());
                    case Block.ToolUse use ->
                        utf8(use.id())
                                + utf8(use.name())
                                + use.arguments().map(a -> utf8(Json.line(a))).orElse(2L);
                };
    }

    /** An image; its bytes say nothing about its tokens. */
    static long of(Picture picture) {
        var pixels = (long) picture.width() * picture.height();
        return PART + Math.max(LEAST_IMAGE, Math.ceilDiv(pixels, PIXELS_PER_TOKEN));
    }

    /** Bytes of the text in UTF-8, without encoding it. A lone surrogate counts as the three bytes of its replacement. */
    static long utf8(String text) {
        var bytes = 0L;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                bytes += 3;
            }
        }
        return bytes;
    }
}

package dev.gatehouse.demo;

import java.nio.charset.Charset;

/** The signs a screen can show. Where the character set has no others, plain ASCII says the same. */
record Glyphs(String yes, String no, String ask, String stop, String rule, String full, String empty, String more) {
    private static final Glyphs UNICODE = new Glyphs("✓", "✗", "?", "■", "─", "█", "░", "…");
    private static final Glyphs ASCII = new Glyphs("+", "x", "?", "#", "-", "#", ".", "...");

    static Glyphs in(Charset charset) {
        return charset.canEncode() && charset.newEncoder().canEncode("✓✗■─█░…") ? UNICODE : ASCII;
    }
}

package dev.gatehouse.terminal;

import java.nio.charset.Charset;

/** The signs a screen can show. Where the character set has no others, plain ASCII says the same. */
public record Glyphs(
        String yes, String no, String ask, String stop, String rule, String full, String empty, String more) {
    private static final Glyphs UNICODE = new Glyphs("✓", "✗", "?", "■", "─", "█", "░", "…");
    private static final Glyphs ASCII = new Glyphs("+", "x", "?", "#", "-", "#", ".", "...");

    /** Those that whoever reads standard output can see, by the locale it was opened with. */
    public static Glyphs ofStandardOutput() {
        return in(System.out.charset());
    }

    public static Glyphs in(Charset charset) {
        return charset.canEncode() && charset.newEncoder().canEncode("✓✗■─█░…") ? UNICODE : ASCII;
    }
}

package dev.gatehouse.robot.sim;

import java.util.Locale;

/** Colours of scene objects, as a camera reports them: hue 0 to 180, saturation and value 0 to 255. */
public enum Colour {
    RED(2, 220, 200),
    ORANGE(15, 220, 220),
    YELLOW(28, 220, 220),
    GREEN(60, 200, 160),
    BLUE(112, 220, 190),
    PURPLE(140, 180, 160),
    WHITE(0, 10, 245),
    BLACK(0, 10, 20);

    private final int hue;
    private final int saturation;
    private final int value;

    Colour(int hue, int saturation, int value) {
        this.hue = hue;
        this.saturation = saturation;
        this.value = value;
    }

    int hue() {
        return hue;
    }

    int saturation() {
        return saturation;
    }

    int value() {
        return value;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

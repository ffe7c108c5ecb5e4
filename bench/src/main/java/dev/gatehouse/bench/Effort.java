package dev.gatehouse.bench;

/** How much is measured: enough to mean something, or just enough to see that the measurement still works. */
enum Effort {
    FULL,
    SMOKE;

    int of(int full, int smoke) {
        return switch (this) {
            case FULL -> full;
            case SMOKE -> smoke;
        };
    }
}

package dev.gatehouse.manifest;

/** A violation of the YAML rules of robot-md.md 2.3, on its way from the reader to the parser. Line and column are of the whole file. */
final class YamlProblem extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final int line;
    private final int column;

    YamlProblem(String reason, int line, int column) {
        super(reason, null, false, false);
        this.reason = reason;
        this.line = line;
        this.column = column;
    }

    String reason() {
        return reason;
    }

    int line() {
        return line;
    }

    int column() {
        return column;
    }
}

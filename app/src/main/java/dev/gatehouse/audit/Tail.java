package dev.gatehouse.audit;

import dev.gatehouse.audit.LineCheck.Sound;
import dev.gatehouse.audit.Lines.Line;
import dev.gatehouse.audit.Segments.Segment;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a segment ends, judged by its last {@value #WINDOW} bytes only, so that a large log opens at once.
 *
 * @param last the last sound record, if the window has one
 * @param durable offset behind the last record of the unbroken run at the start of the window
 * @param size length of the file
 * @param end how the bytes up to the size read
 */
record Tail(Optional<Link> last, long durable, long size, End end) {
    /** More than three lines of the greatest length, so that a whole one is always among them. */
    static final long WINDOW = 4L * Lines.MAX_LINE;

    enum End {
        /** The last line is a record. */
        WHOLE,
        /** What a crash leaves: half a line, or pages that were never written and read as zeros, with no record behind. */
        TORN,
        /** Anything else: a line that is no record, or does not follow the one before. */
        DAMAGED
    }

    static Tail of(Segment segment) throws IOException {
        var size = Files.size(segment.file());
        var from = Math.max(0, size - WINDOW);
        try (var lines = new Lines(segment.file(), from)) {
            var scan = new Scan(segment, from == 0);
            if (from > 0) {
                lines.next().ifPresent(cut -> scan.durable = cut.next());
            }
            for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                scan.see(line.get());
            }
            return new Tail(Optional.ofNullable(scan.last), scan.durable, size, scan.end());
        }
    }

    /** Folds lines into where the unbroken run ends and what lies behind it. */
    private static final class Scan {
        private final Segment segment;
        private final boolean fromStart;
        private @Nullable Link last;
        private long durable;
        private boolean bad;
        private boolean zeros;
        private boolean terminated;
        private boolean soundAgain;

        private Scan(Segment segment, boolean fromStart) {
            this.segment = segment;
            this.fromStart = fromStart;
        }

        private void see(Line line) {
            var sound = line.whole() && LineCheck.of(line.bytes()) instanceof Sound s ? s : null;
            if (!bad && sound != null && follows(sound)) {
                durable = line.next();
            } else {
                bad = true;
                terminated |= line.whole();
                zeros |= hasZero(line.bytes());
                soundAgain |= sound != null;
            }
            if (sound != null) {
                last = sound.link();
            }
        }

        private boolean follows(Sound record) {
            if (last != null) {
                return record.follows(last);
            }
            return !fromStart || record.link().seq() == segment.first();
        }

        private End end() {
            if (!bad) {
                return End.WHOLE;
            }
            return !soundAgain && (zeros || !terminated) ? End.TORN : End.DAMAGED;
        }

        private static boolean hasZero(byte[] bytes) {
            for (var b : bytes) {
                if (b == 0) {
                    return true;
                }
            }
            return false;
        }
    }
}

package dev.gatehouse.audit;

import dev.gatehouse.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** What {@link AuditVerifier} found (D14.8). */
public sealed interface Verification {
    /** Exit code of {@code gatehouse audit verify}: 0 intact, 1 tampered, 3 incomplete. */
    int exitCode();

    /** The result for {@code --json}. */
    ObjectNode toJson();

    /**
     * Every record is whole and the signed head covers the last one.
     *
     * @param records how many were checked
     */
    record Intact(long records, long lastSeq) implements Verification {
        @Override
        public int exitCode() {
            return 0;
        }

        @Override
        public ObjectNode toJson() {
            return Json.object().put("result", "intact").put("records", records).put("last_seq", lastSeq);
        }
    }

    /**
     * Something was edited, deleted, inserted, reordered or cut off.
     *
     * @param seq number the first bad record has or should have
     * @param file name of the file it is in
     * @param line line of that file, from 1; 0 if no line is to blame
     * @param what a code: {@code not_json}, {@code not_canonical}, {@code not_a_record}, {@code line_too_long}, {@code unknown_version},
     *     {@code hash_mismatch}, {@code seq_gap}, {@code prev_mismatch}, {@code wrong_file}, {@code torn_inside}, {@code damage_recorded},
     *     {@code truncated}, {@code head_missing}, {@code head_invalid}, {@code head_mismatch}, {@code key_invalid}
     */
    record Tampered(long seq, String file, long line, String what) implements Verification {
        @Override
        public int exitCode() {
            return 1;
        }

        @Override
        public ObjectNode toJson() {
            return Json.object()
                    .put("result", "tampered")
                    .put("seq", seq)
                    .put("file", file)
                    .put("line", line)
                    .put("what", what);
        }
    }

    /**
     * Nothing contradicts the chain, but its end is not vouched for: what a crash leaves, or a log in use.
     *
     * @param what {@code torn_last_record}, {@code newer_than_head} or {@code no_log}
     */
    record Incomplete(long records, long lastSeq, long headSeq, String what) implements Verification {
        @Override
        public int exitCode() {
            return 3;
        }

        @Override
        public ObjectNode toJson() {
            return Json.object()
                    .put("result", "incomplete")
                    .put("records", records)
                    .put("last_seq", lastSeq)
                    .put("head_seq", headSeq)
                    .put("what", what);
        }
    }
}

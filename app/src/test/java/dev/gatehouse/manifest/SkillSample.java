package dev.gatehouse.manifest;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/**
 * A manifest whose list of skills somebody wrote by hand, in any of the ways YAML allows in block style, and which lines of it are those
 * of one entry.
 *
 * @param before everything before the entry's lines, or before the place where a new one belongs
 * @param lines of the entry; empty if it is not there yet
 * @param after everything behind them
 * @param awkward a comment or a kept blank line stands where the edit may not take it away
 */
record SkillSample(String before, String lines, String after, boolean awkward) {
    static final String ID = "pick.cup";

    String text() {
        return before + lines + after;
    }

    static SkillSample of(Random random) {
        return new Author(random).sample();
    }

    /** An entry with any of the keys given. */
    static SkillEntry entry(Random random) {
        Supplier<List<String>> items = () -> {
            var list = new ArrayList<String>();
            for (var i = random.nextInt(4); i > 0; i--) {
                list.add(pick(
                        random, "a", "yes", "b: c", "# d", "", "e, f]", "ü😀", "\n", "- ", "\"", "null", "\u2028"));
            }
            return list;
        };
        var status = SkillEntry.Status.valueOf(pick(random, "OK", "BLOCKED", "DEGRADED"));
        return new SkillEntry(
                ID,
                status,
                random.nextBoolean() ? Optional.of(items.get()) : Optional.empty(),
                random.nextBoolean() ? Optional.of(items.get()) : Optional.empty(),
                random.nextBoolean()
                        ? Optional.of(pick(random, "", "fine", "it's: # odd", "0x1", "|", "\uFEFF"))
                        : Optional.empty(),
                LocalDate.of(2026, 1 + random.nextInt(2), 1));
    }

    private static String pick(Random random, String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    /** Writes one manifest. */
    private static final class Author {
        private final Random random;
        private final String lineEnds;
        private final StringBuilder out = new StringBuilder();
        private boolean awkward;

        Author(Random random) {
            this.random = random;
            this.lineEnds = one("\n", "\r\n", "mixed");
        }

        SkillSample sample() {
            var parts = new ArrayList<String>();
            var minimal = Sample.minimal();
            var close = minimal.indexOf("\n---\n") + 1;
            out.append(one("", "\uFEFF"));
            minimal.substring(0, close).lines().forEach(this::line);
            line(one("# tools", "x-note: 😀 # 😀", "", "x-text: |\n  # text\n\n  more"));
            var there = random.nextInt(4) > 0;
            list(there, parts);
            line(one("", "# the end", "network: {port: 1}", "network: # why\n  port: 1\n  # why not"));
            minimal.substring(close).lines().forEach(this::line);
            return new SkillSample(parts.get(0), there ? parts.get(1) : "", cut(), awkward);
        }

        private void list(boolean there, List<String> parts) {
            line(one("learned_skills:", "'learned_skills' :   # by hand", "learned_skills:\n# by hand"));
            var indent = " ".repeat(random.nextInt(4));
            var others = random.nextInt(3) + (there ? 0 : 1);
            for (var i = 0; i < others; i++) {
                other(indent, i);
            }
            if (there) {
                parts.add(cut());
                entry(indent, keys());
            }
            parts.add(cut());
            for (var i = there ? random.nextInt(3) : 0; i > 0; i--) {
                line(one("", indent + "# next"));
                other(indent, 9 - i);
            }
        }

        /** An entry that is not to be touched. */
        private void other(String indent, int number) {
            line(indent
                    + one(
                                    "- {id: b%d} # flow",
                                    "- id: b%d\n%s  notes: >-\n%s    x\n%s    y", "- status: ok\n%s  id: b%d")
                            .replace("%s", indent)
                            .replace("%d", String.valueOf(number)));
        }

        private List<String> keys() {
            var keys = new ArrayList<>(List.of("id"));
            for (var key : List.of("status", "validated", "blocked_by", "notes", "recorded_at", "mood")) {
                if (random.nextBoolean()) {
                    keys.add(key);
                }
            }
            Collections.shuffle(keys, random);
            return keys;
        }

        private void entry(String indent, List<String> keys) {
            var blanks = " ".repeat(1 + random.nextInt(3));
            var inner = indent + " " + blanks;
            var start = indent + "-" + blanks;
            if (random.nextInt(4) == 0) {
                line(indent + "-" + one("", " ", " # below"));
                start = inner;
            }
            for (var key : keys) {
                line(start + one(key, "\"" + key + "\"", "'" + key + "' ") + ":" + value(key, inner));
                start = inner;
                if (random.nextInt(6) == 0 && !key.equals(keys.getLast())) {
                    line(one("", inner + "# between", "# at the margin"));
                }
            }
        }

        private String value(String key, String indent) {
            return switch (key) {
                case "id" -> one(" " + ID, "   '" + ID + "'  # this one", " \"pick\\u002Ecup\"");
                case "validated", "blocked_by" -> list(indent);
                case "mood" -> one(" [calm, {a: b}] # so", " &m calm", " !!str 1", "\n" + indent + " - 1");
                default -> text(indent);
            };
        }

        private String list(String indent) {
            var choice = random.nextInt(6);
            awkward |= choice == 5;
            return switch (choice) {
                case 0 -> one(" [a, 'b']  # flow", " []", " [a,\n" + indent + " b]");
                case 1 -> "\n" + indent + "- a\n" + indent + one("- b", "- \"b\" # last");
                case 2 -> "\n\n" + indent + "   - a";
                case 3 -> "  # none";
                case 4 -> " a string";
                default -> one(" # these\n", "\n" + indent + "# these\n") + indent + "  - a";
            };
        }

        private String text(String indent) {
            var choice = random.nextInt(9);
            awkward |= choice > 6;
            return switch (choice) {
                case 0 -> " ok";
                case 1 -> "   'fine'  # really";
                case 2 -> " \"two\n" + indent + "  lines\" # joined";
                case 3 -> " plain\n" + indent + "  lines";
                case 4 -> " |\n" + indent + "   literal\n" + indent + "   # no comment";
                case 5 -> " >-\n" + indent + "  folded\n\n" + indent + "  text";
                case 6 -> one(" [1]", " {a: b} # odd", " ~", "\n" + indent + " below");
                case 7 -> " | # comment\n" + indent + "  literal";
                default -> " |+\n" + indent + "  kept\n";
            };
        }

        private String one(String... texts) {
            return pick(random, texts);
        }

        private void line(String text) {
            for (var line : text.split("\n", -1)) {
                out.append(line).append(lineEnds.equals("mixed") ? one("\n", "\r\n") : lineEnds);
            }
        }

        private String cut() {
            var text = out.toString();
            out.setLength(0);
            return text;
        }
    }
}

package dev.gatehouse.manifest;

import com.networknt.schema.regex.RegularExpression;
import java.util.regex.Pattern;

/**
 * A schema's regular expression with the meaning JSON Schema gives it.
 *
 * <p>Java's {@code $} lets a trailing line feed through, which would let {@code "3.0\n"} pass for a version, and Java's dot and ECMAScript's
 * dot differ on one character (robot-md.md section 3).
 */
record WholeTextPattern(Pattern pattern) implements RegularExpression {
    static RegularExpression compile(String expression) {
        return new WholeTextPattern(Pattern.compile(translate(expression)));
    }

    @Override
    public boolean matches(String value) {
        return pattern.matcher(value).find();
    }

    private static String translate(String expression) {
        var out = new StringBuilder();
        var inClass = false;
        for (var i = 0; i < expression.length(); i++) {
            var c = expression.charAt(i);
            if (c == '\\') {
                out.append(c).append(expression.charAt(++i));
                continue;
            }
            inClass = c == '[' || (inClass && c != ']');
            if (!inClass && c == '$') {
                out.append("\\z");
            } else if (!inClass && c == '.') {
                out.append("[^\\n\\r\\u2028\\u2029]");
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}

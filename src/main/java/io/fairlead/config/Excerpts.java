package io.fairlead.config;

import io.fairlead.config.Source.Span;
import java.util.Comparator;
import java.util.List;

/** Quotes single lines of a file with a caret beneath: secrets masked, long lines cut, control characters made harmless. */
final class Excerpts {
    private static final String MASK = "***";
    private static final String CUT = "...";
    private static final int WIDEST = 120;
    private static final int BEFORE_CARET = 60;

    private final Source source;
    private final List<Span> secrets;

    Excerpts(Source source, List<Span> secrets) {
        this.source = source;
        this.secrets =
                secrets.stream().sorted(Comparator.comparingInt(Span::start)).toList();
    }

    /** The line of the offset, and the caret's line. */
    String at(int offset) {
        Span line = source.lineAt(offset);
        String before = shown(line.start(), offset);
        String behind = shown(offset, line.end()).stripTrailing();
        if (before.length() + behind.length() > WIDEST) {
            before = before.length() > BEFORE_CARET ? CUT + before.substring(before.length() - BEFORE_CARET) : before;
            int room = WIDEST - Math.min(before.length(), BEFORE_CARET);
            behind = behind.length() > room ? behind.substring(0, room) + CUT : behind;
        }
        return before + behind + "\n"
                + before.codePoints().mapToObj(c -> c == '\t' ? "\t" : " ").reduce("", String::concat) + "^";
    }

    private String shown(int from, int to) {
        StringBuilder text = new StringBuilder();
        int at = from;
        for (Span secret : secrets) {
            if (secret.end() > at && secret.start() < to) {
                text.append(source.text(), at, Math.max(at, secret.start()));
                text.append(secret.start() >= at ? MASK : "");
                at = Math.min(to, secret.end());
            }
        }
        text.append(source.text(), at, to);
        return text.codePoints()
                .map(c -> isHarmless(c) ? c : '\uFFFD')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Neither moves a terminal's cursor nor the direction of text. */
    private static boolean isHarmless(int c) {
        return c == '\t' || !(Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
    }
}

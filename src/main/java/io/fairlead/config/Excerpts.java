package io.fairlead.config;

import io.fairlead.config.Source.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Quotes single lines of a file with a caret beneath: secrets masked, long lines cut, control characters made harmless. */
final class Excerpts {
    private static final String MASK = "***";
    private static final String CUT = "...";
    private static final int WIDEST = 120;
    private static final int BEFORE_CARET = 60;
    // Of a line of a megabyte only what is near is looked at, since there may be a problem at each word of it.
    private static final int FARTHEST = 400;

    private final Source source;
    private final List<Span> secrets;

    Excerpts(Source source, List<Span> secrets) {
        this.source = source;
        this.secrets = apart(secrets);
    }

    /** In order, and those that overlap as one. */
    private static List<Span> apart(List<Span> secrets) {
        List<Span> apart = new ArrayList<>();
        secrets.stream().sorted(Comparator.comparingInt(Span::start)).forEach(span -> {
            Span last = apart.isEmpty() ? span : apart.get(apart.size() - 1);
            if (apart.isEmpty() || span.start() >= last.end()) {
                apart.add(span);
            } else if (span.end() > last.end()) {
                apart.set(apart.size() - 1, new Span(last.start(), span.end()));
            }
        });
        return apart;
    }

    /** The line of the offset, and the caret's line. */
    String at(int offset) {
        Span line = source.lineAt(offset);
        int from = Math.max(line.start(), offset - FARTHEST);
        int to = Math.min(line.end(), offset + FARTHEST);
        String before = (from > line.start() ? CUT : "") + shown(from, offset);
        String behind = shown(offset, to).stripTrailing() + (to < line.end() ? CUT : "");
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
        for (Span secret : secrets.subList(firstBehind(from), secrets.size())) {
            if (secret.start() >= to) {
                break;
            }
            text.append(source.text(), at, Math.max(at, secret.start()));
            text.append(secret.start() >= at ? MASK : "");
            at = Math.min(to, secret.end());
        }
        text.append(source.text(), at, to);
        return text.codePoints()
                .map(c -> isHarmless(c) ? c : '\uFFFD')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The first secret that ends behind the offset. */
    private int firstBehind(int offset) {
        int low = 0;
        int high = secrets.size();
        while (low < high) {
            int middle = (low + high) / 2;
            if (secrets.get(middle).end() > offset) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Neither moves a terminal's cursor nor the direction of text. */
    private static boolean isHarmless(int c) {
        return c == '\t' || !(Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
    }
}

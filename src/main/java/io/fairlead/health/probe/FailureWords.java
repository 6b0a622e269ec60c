package io.fairlead.health.probe;

import io.fairlead.health.ProbeResult.Failed;
import io.fairlead.health.ProbeResult.Reason;
import io.fairlead.member.tls.TlsTrouble;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Says what went wrong on a probe's connection in words for people, without the names of classes or system calls. */
final class FailureWords {
    private static final int LONGEST = 80;

    private FailureWords() {}

    /** The time that the probe may take is over. */
    static Failed late(Duration timeout) {
        return new Failed(Reason.TIMEOUT, "no answer within " + timeout.toMillis() + " ms");
    }

    /** No connection was made. */
    static Failed connecting(Throwable cause, Duration timeout) {
        Optional<TlsTrouble> tls = TlsTrouble.in(cause);
        if (tls.isPresent()) {
            return new Failed(Reason.TLS, tls.get().detail());
        }
        String message = lowerCase(cause);
        if (cause instanceof NoRouteToHostException
                || message.contains("unreachable")
                || message.contains("no route")) {
            return new Failed(Reason.CONNECT, "host unreachable");
        }
        if (cause instanceof ConnectException && message.contains("timed out")) {
            return late(timeout);
        }
        if (message.contains("refused")) {
            return new Failed(Reason.CONNECT, "connection refused");
        }
        if (message.contains("reset")) {
            return new Failed(Reason.CONNECT, "connection reset");
        }
        return new Failed(Reason.CONNECT, "no connection: " + printable(cause));
    }

    /** There was a connection, but it broke before an answer, or within. */
    static Failed broken(Throwable cause, boolean inBody) {
        Optional<TlsTrouble> tls = TlsTrouble.in(cause);
        if (tls.isPresent()) {
            return new Failed(Reason.TLS, tls.get().detail());
        }
        String where = inBody ? " in the body" : " before an answer";
        if (cause instanceof IOException) {
            String what = lowerCase(cause).contains("reset") ? "reset" : "broken";
            return new Failed(Reason.PROTOCOL, "connection " + what + where);
        }
        return new Failed(Reason.PROTOCOL, "connection broken" + where + ": " + printable(cause));
    }

    private static String lowerCase(Throwable cause) {
        return cause.getMessage() == null ? "" : cause.getMessage().toLowerCase(Locale.ROOT);
    }

    /** A message may quote what the member sent: one line of it, cut short, with a dot for what cannot be printed. */
    private static String printable(Throwable cause) {
        String message = cause.getMessage() == null ? "unknown" : cause.getMessage();
        String visible = message.replaceAll("[^\\x20-\\x7e]", ".").strip();
        return visible.length() <= LONGEST ? visible : visible.substring(0, LONGEST) + "...";
    }
}

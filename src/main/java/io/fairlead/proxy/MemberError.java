package io.fairlead.proxy;

import io.fairlead.member.tls.TlsTrouble;
import io.netty.handler.codec.CodecException;
import java.net.ConnectException;
import java.util.Optional;

/** What went wrong on a connection to a member, in words that name neither the member nor a class. */
final class MemberError {
    private MemberError() {}

    static String inWords(Throwable cause) {
        Optional<TlsTrouble> tls = TlsTrouble.in(cause);
        if (tls.isPresent()) {
            return "TLS: " + tls.get().general() + ".";
        }
        String text = cause.getMessage() == null ? "" : cause.getMessage();
        if (cause instanceof ConnectException || text.contains("refused")) {
            return "connection refused.";
        }
        if (text.contains("closed")) {
            return "connection closed.";
        }
        if (text.contains("reset")) {
            return "connection reset.";
        }
        return isBadHttp(cause) ? "the answer is not valid HTTP." : "connection failed.";
    }

    /** Whether it was what came that is wrong, not the connection. */
    static boolean isBadHttp(Throwable cause) {
        boolean thrownByReading = cause instanceof IllegalArgumentException
                || cause instanceof CodecException
                || cause instanceof IllegalStateException;
        return thrownByReading && TlsTrouble.in(cause).isEmpty();
    }
}

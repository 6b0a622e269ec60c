package io.fairlead.wire;

/**
 * How long the body behind a head is: RFC 9112, section 6.3.
 *
 * @param kind how its end is known
 * @param length its length, for {@link Kind#LENGTH} only
 */
record Framing(Kind kind, long length) {
    /** How the end of a body is known. */
    enum Kind {
        LENGTH,
        CHUNKED,
        CLOSE
    }

    private static final Framing NONE = new Framing(Kind.LENGTH, 0);

    /** Of a request. */
    static Framing ofRequest(Head head) {
        return declared(head, NONE);
    }

    /** Of the final response to a request with this method. */
    static Framing ofResponse(Head head, String method) {
        int status = head.status();
        if (method.equals("HEAD") || status == 204 || status == 304 || status / 100 == 1) {
            return NONE;
        }
        return declared(head, new Framing(Kind.CLOSE, 0));
    }

    private static Framing declared(Head head, Framing otherwise) {
        if (head.has("transfer-encoding")) {
            if (!head.value("transfer-encoding").equals("chunked") || head.has("content-length")) {
                throw new AssertionError("ambiguous framing: " + head);
            }
            return new Framing(Kind.CHUNKED, 0);
        }
        return head.has("content-length")
                ? new Framing(Kind.LENGTH, Long.parseLong(head.value("content-length")))
                : otherwise;
    }
}

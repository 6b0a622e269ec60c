package io.fairlead.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * A response as the client read it.
 *
 * @param head its final head
 * @param content the bytes of its body that came
 * @param body how the body ended
 */
record Answer(Head head, byte[] content, Body body) {
    /** Its status code. */
    int status() {
        return head.status();
    }

    /** Its body as text. */
    String text() {
        return new String(content, ISO_8859_1);
    }
}

package io.fairlead.wire;

/**
 * A response as the client read it.
 *
 * @param head its final head
 * @param text the bytes of its body that came, as ISO 8859-1
 * @param body how the body ended
 */
record Answer(Head head, String text, Body body) {
    /** Its status code. */
    int status() {
        return head.status();
    }
}

package io.fairlead.cli.members;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A member as the command line names it: {@code POOL/MEMBER}. A pool's name has no slash, so that all behind the first is the
 * member's id.
 */
record MemberName(String pool, String member) {
    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException if there is no slash, or nothing on one side of it
     */
    static MemberName parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 1 || slash == text.length() - 1) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" (expected: a pool and a member, such as \"app/10.0.0.11:9001\")");
        }
        return new MemberName(text.substring(0, slash), text.substring(slash + 1));
    }

    /** Where the API has it. */
    String path() {
        return membersOf(pool) + "/" + encoded(member);
    }

    /** Where the API has those of a pool. */
    static String membersOf(String pool) {
        return "/api/v1/pools/" + encoded(pool) + "/members";
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return pool + "/" + member;
    }
}

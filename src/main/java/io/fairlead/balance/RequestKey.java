package io.fairlead.balance;

import org.jspecify.annotations.Nullable;

/** What a strategy may know of a request. Read during the pick only, on the request's event loop. */
public interface RequestKey {
    /** A request of which nothing is known. */
    RequestKey NONE = new RequestKey() {
        @Override
        public String clientIp() {
            return "";
        }

        @Override
        public String host() {
            return "";
        }

        @Override
        public String uri() {
            return "/";
        }

        @Override
        public @Nullable String header(String name) {
            return null;
        }
    };

    /** The client's address, as far as trusted proxies tell it. */
    String clientIp();

    /** The host asked for, in lower case, without the port. */
    String host();

    /** Path and query as they came. */
    String uri();

    /** The first value of a header, null if there is none. */
    @Nullable
    String header(String name);
}

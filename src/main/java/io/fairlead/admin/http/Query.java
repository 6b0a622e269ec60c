package io.fairlead.admin.http;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.List;
import java.util.Optional;

/** The parameters behind the question mark, where it matters that each is understood. Control context only. */
public final class Query {
    private final MultiMap parameters;

    private Query(MultiMap parameters) {
        this.parameters = parameters;
    }

    /**
     * Reads it.
     *
     * @param known all that there may be, each once
     * @throws IllegalArgumentException if there is another one, one of them twice, or no query at all
     */
    public static Query of(RoutingContext exchange, String... known) {
        MultiMap parameters;
        try {
            parameters = exchange.queryParams();
        } catch (HttpException e) {
            throw new IllegalArgumentException("the query is malformed (expected: % written as %25, > as %3E)", e);
        }
        List<String> names = List.of(known);
        for (String name : parameters.names()) {
            if (!names.contains(name)) {
                String rule = names.isEmpty() ? "no parameter" : String.join(", ", names);
                throw new IllegalArgumentException("\"" + name + "\": unknown (expected: " + rule + ")");
            }
            if (parameters.getAll(name).size() > 1) {
                throw new IllegalArgumentException(name + ": given more than once (expected: once)");
            }
        }
        return new Query(parameters);
    }

    /** One of them, decoded. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(parameters.get(name));
    }
}

package io.fairlead.admin;

import io.fairlead.admin.http.Answers;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** {@code GET /api/v1/openapi.json}: all that can be asked here, for programs. Read from the class path once. */
final class OpenApi implements Handler<RoutingContext> {
    private final Buffer document;

    /** Of this version of Fairlead. */
    OpenApi(String version) {
        JsonObject json = read();
        json.getJsonObject("info").put("version", version);
        this.document = json.toBuffer();
    }

    /** As it stands in the source. */
    static JsonObject read() {
        try (InputStream in = OpenApi.class.getResourceAsStream("openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("openapi.json: not on the class path");
            }
            return new JsonObject(Buffer.buffer(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void handle(RoutingContext exchange) {
        Answers.json(exchange, document);
    }
}

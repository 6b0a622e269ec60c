package io.fairlead.program.scenario;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** App instances within this process, all alike, that answer every request at once and send back what comes by WebSocket. */
final class EchoMembers implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final List<HttpServer> servers = new ArrayList<>();

    /** So many, each on a port of its own. */
    static EchoMembers onLoopback(int count) throws Exception {
        EchoMembers members = new EchoMembers();
        for (int i = 0; i < count; i++) {
            members.listen("127.0.0.1");
        }
        return members;
    }

    /** One on all addresses, so that each address of 127.0.0.0/8 is a member. */
    static EchoMembers everywhere() throws Exception {
        EchoMembers members = new EchoMembers();
        members.listen("0.0.0.0");
        return members;
    }

    private void listen(String host) throws Exception {
        servers.add(await(vertx.createHttpServer()
                .requestHandler(request -> request.response().end("ok\n"))
                .webSocketHandler(socket -> socket.textMessageHandler(socket::writeTextMessage))
                .listen(0, host)));
    }

    int port(int index) {
        return servers.get(index).actualPort();
    }

    String address(int index) {
        return "127.0.0.1:" + port(index);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        await(vertx.close());
    }
}

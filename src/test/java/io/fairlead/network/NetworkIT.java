package io.fairlead.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fairlead.settings.ListenAddress;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may listen where, and who gets the connections: one network stands for one process. */
class NetworkIT {
    private static final int MANY = 64;

    private final Set<Network> networks = new HashSet<>();

    @AfterEach
    void close() throws Exception {
        for (Network network : networks) {
            await(network.vertx().close());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "IO_URING"})
    void newcomerGetsAllNewConnectionsAndGoesOnAlone(Transport transport) throws Exception {
        ListenAddress address = ListenAddress.parse("127.0.0.1:0");
        Network old = add(available(transport));
        ListenAddress bound = address.withPort(serve(old, address, "old"));
        assertThat(whoAnswers(bound)).containsExactly("old");
        serve(add(Network.takingOver(transport)), bound, "new");
        assertThat(whoAnswers(bound)).containsExactly("new");
        onControl(old, () -> old.release(bound));
        assertThat(whoAnswers(bound)).containsExactly("new");
        serve(add(Network.takingOver(transport)), bound, "newer");
        assertThat(whoAnswers(bound)).containsExactly("newer");
    }

    @Test
    void whereTheSystemDoesNotSayWhoGetsThemBothServe() throws Exception {
        Network old = add(Network.on(Transport.NIO));
        ListenAddress bound = ListenAddress.parse("127.0.0.1:0");
        bound = bound.withPort(serve(old, bound, "old"));
        serve(add(Network.takingOver(Transport.NIO)), bound, "new");
        assertThat(whoAnswers(bound)).isSubsetOf("old", "new");
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "NIO"})
    void addressOfAnotherIsRefusedUnlessItIsTakenOver(Transport transport) throws Exception {
        ListenAddress any = ListenAddress.parse("0.0.0.0:0");
        ListenAddress bound = any.withPort(serve(add(Network.on(transport)), any, "old"));
        Network second = add(Network.on(transport));
        for (ListenAddress taken : new ListenAddress[] {
            bound, ListenAddress.parse("127.0.0.1:" + bound.port()), ListenAddress.parse("localhost:" + bound.port())
        }) {
            assertThatThrownBy(() -> serve(second, taken, "new"))
                    .hasRootCauseInstanceOf(Exception.class)
                    .hasMessageContaining("a test: " + taken + ": the address is in use");
        }
    }

    @Test
    void addressOfAProgramThatDoesNotShareCannotBeTakenOver() throws Exception {
        try (ServerSocket other = new ServerSocket(0)) {
            ListenAddress taken = ListenAddress.parse("0.0.0.0:" + other.getLocalPort());
            assertThatThrownBy(() -> serve(add(Network.takingOver(Transport.AUTO)), taken, "new"))
                    .hasMessageContaining("the address is in use");
        }
    }

    @Test
    void processMayListenBesideItself() throws Exception {
        Network network = add(Network.on(Transport.AUTO));
        ListenAddress narrow = ListenAddress.parse("127.0.0.1:0");
        narrow = narrow.withPort(serve(network, narrow, "narrow"));
        ListenAddress wide = ListenAddress.parse("0.0.0.0:" + narrow.port());
        serve(network, wide, "wide");
        ListenAddress gone = narrow;
        onControl(network, () -> network.release(gone));
        assertThat(whoAnswers(narrow)).containsExactly("wide");
    }

    private static Network available(Transport transport) {
        try {
            return Network.on(transport);
        } catch (IllegalStateException e) {
            assumeThat(e).as("this machine has it").isNull();
            throw e;
        }
    }

    private Network add(Network network) {
        networks.add(network);
        return network;
    }

    /** The port that was bound. */
    private static int serve(Network network, ListenAddress address, String name) throws Exception {
        return onControl(
                network,
                () -> network.bind(
                                "a test",
                                address,
                                () -> network.vertx()
                                        .createHttpServer(new HttpServerOptions().setReusePort(true))
                                        .requestHandler(
                                                request -> request.response().end(name))
                                        .listen(address.port(), address.host()))
                        .map(HttpServer::actualPort));
    }

    private static <T> T onControl(Network network, Supplier<Future<T>> work) throws Exception {
        Promise<T> done = Promise.promise();
        Context control = network.vertx().getOrCreateContext();
        control.runOnContext(v -> work.get().onComplete(done));
        return await(done.future());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** Connects anew for each of many requests. */
    private static Set<String> whoAnswers(ListenAddress address) throws Exception {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < MANY; i++) {
            HttpURLConnection request = (HttpURLConnection) URI.create("http://127.0.0.1:" + address.port() + "/")
                    .toURL()
                    .openConnection();
            request.setRequestProperty("Connection", "close");
            names.add(new String(request.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
            request.disconnect();
        }
        return names;
    }
}

package io.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.network.OneListener;
import io.fairlead.stats.StatsSnapshot;
import io.vertx.core.Future;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A listener goes by other settings, and no client notices but by what they say. */
class ListenerChangeIT {
    private static final Duration LONG = Duration.ofSeconds(8);

    @Test
    void limitOfBodiesChangesForTheNextRequestOfTheSameConnection() throws Exception {
        try (RawServer member = RawServer.start(Script.echo());
                OneListener listener = new OneListener(member.address());
                RawClient client = RawClient.connect(listener.port())) {
            assertThat(post(client, "12345678").text()).isEqualTo("12345678");
            listener.change("max_body_size = \"4B\"", LONG);
            Problem.expect(post(client, "12345678"), 413, "too-large");
            assertThat(client.nextHead()).as("refused before it was read").isNull();
        }
    }

    @Test
    void bodyUnderWayKeepsTheLimitWithWhichItBegan() throws Exception {
        try (RawServer member = RawServer.start(Script.echo());
                OneListener listener = new OneListener(member.address());
                RawClient client = RawClient.connect(listener.port())) {
            client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Transfer-Encoding: chunked");
            client.sendChunk("1234");
            member.awaitHeads(1);
            listener.change("max_body_size = \"4B\"", LONG);
            client.sendChunk("5678");
            client.sendLastChunk();
            assertThat(client.readAnswer().text()).isEqualTo("12345678");
        }
    }

    @Test
    void whoIsTrustedChangesForTheNextRequestOfTheSameConnection() throws Exception {
        try (RawServer member = RawServer.start(Script.answeringBy(ListenerChangeIT::forwardedFor));
                OneListener listener = new OneListener(member.address());
                RawClient client = RawClient.connect(listener.port())) {
            assertThat(getFor(client, "192.0.2.1")).isEqualTo("127.0.0.1");
            listener.change("trusted_proxies = [\"loopback\"]", LONG);
            assertThat(getFor(client, "192.0.2.1")).isEqualTo("192.0.2.1, 127.0.0.1");
        }
    }

    @Test
    void idleTimeoutChangesForConnectionsThatIdleAlready() throws Exception {
        try (RawServer member = RawServer.start(Script.ok());
                OneListener listener = new OneListener(member.address());
                RawClient client = RawClient.connect(listener.port())) {
            client.expectUsable();
            listener.change("idle_timeout = \"1ms\"", LONG);
            client.expectClosed();
        }
    }

    @Test
    void whatIsForgottenOfMembersAndRoutesIsPutTogetherAgainForThoseThatAreThere() throws Exception {
        try (RawServer member = RawServer.start(Script.ok());
                OneListener listener = new OneListener(member.address());
                RawClient client = RawClient.connect(listener.port())) {
            client.expectUsable();
            listener.forget();
            client.expectUsable();
            assertThat(member.connections())
                    .as("connections are kept all the same")
                    .isEqualTo(1);
        }
    }

    @Test
    void addressThatCannotBeHadIsSaidInWordsAndNothingIsLeftOfTheTry() throws Exception {
        try (RawServer member = RawServer.start(Script.ok());
                ServerSocket taken = new ServerSocket(0);
                OneListener listener = new OneListener(member.address())) {
            Set<String> before = listener.deployments();
            String address = "127.0.0.1:" + taken.getLocalPort();
            Future<Void> started = listener.startAnother(address);
            Await.until("the try is over", started::isComplete);
            assertThat(started.cause()).hasMessage("listener other: " + address + ": the address is in use");
            assertThat(listener.deployments()).isEqualTo(before);
        }
    }

    @Test
    void whatNeedsAnotherServerHoldsForNewConnectionsAndOldOnesEndWithTheirNextAnswer() throws Exception {
        try (RawServer member = RawServer.start(Script.ok());
                OneListener listener = new OneListener(member.address());
                RawClient old = RawClient.connect(listener.port())) {
            old.expectUsable();
            int port = listener.port();
            listener.change("max_header_size = \"1KiB\"", LONG);
            assertThat(listener.port()).isEqualTo(port);
            try (RawClient young = RawClient.connect(port)) {
                assertThat(getWithLongHead(young).status()).isEqualTo(431);
            }
            Answer last = getWithLongHead(old);
            assertThat(last.status()).isEqualTo(200);
            assertThat(last.head().lists("connection", "close")).isTrue();
            old.expectClosed();
        }
    }

    @Test
    void tunnelLivesOnUnderTheListenerThatOpenedIt() throws Exception {
        Script tunnel = wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 101 Switching Protocols", "Upgrade: foo", "Connection: upgrade");
            for (int i = 0; i < 2; i++) {
                wire.send(wire.readText(5));
            }
            wire.awaitClose();
        };
        try (RawServer member = RawServer.start(tunnel);
                OneListener listener = new OneListener(member.address());
                RawClient client = RawClient.connect(listener.port())) {
            client.sendHead("GET / HTTP/1.1", RawClient.HOST, "Upgrade: foo", "Connection: upgrade");
            assertThat(client.readHead().status()).isEqualTo(101);
            listener.change("max_header_size = \"1KiB\"", LONG);
            client.send("hello");
            assertThat(client.readText(5)).isEqualTo("hello");
            Future<Void> retired = listener.retire(LONG);
            client.send("still");
            assertThat(client.readText(5)).isEqualTo("still");
            assertThat(retired.isComplete()).isFalse();
            client.close();
            Await.until("retired", retired::succeeded);
            assertThat(listener.statistics().incoming().connections()).isZero();
        }
    }

    @Test
    void noConnectionIsRefusedOrResetWhileItIsReplacedManyTimes() throws Exception {
        try (RawServer member = RawServer.start(Script.ok());
                OneListener listener = new OneListener(member.address())) {
            int port = listener.port();
            AtomicBoolean enough = new AtomicBoolean();
            AtomicInteger served = new AtomicInteger();
            Background[] clients = new Background[4];
            for (int i = 0; i < clients.length; i++) {
                clients[i] = Background.run(() -> {
                    while (!enough.get()) {
                        try (RawClient client = RawClient.connect(port)) {
                            client.expectUsable();
                            served.incrementAndGet();
                        }
                    }
                });
            }
            try {
                for (int i = 0; i < 50; i++) {
                    int before = served.get();
                    listener.change("max_header_size = \"" + (i % 2 + 1) + "KiB\"", LONG);
                    Await.until("clients are served meanwhile", () -> served.get() > before);
                }
            } finally {
                enough.set(true);
            }
            for (Background client : clients) {
                client.join();
            }
        }
    }

    @Test
    void whatWasCountedStaysUnderItsName() throws Exception {
        try (RawServer member = RawServer.start(Script.ok());
                OneListener listener = new OneListener(member.address())) {
            for (String keys : new String[] {"", "max_header_size = \"1KiB\"", "name = \"shop\""}) {
                listener.change(keys, LONG);
                try (RawClient client = RawClient.connect(listener.port())) {
                    client.expectUsable();
                }
            }
            StatsSnapshot counted = listener.statistics();
            assertThat(counted.listeners()).containsOnlyKeys("http", "shop");
            assertThat(counted.listener("http").requests().total()).isEqualTo(2);
            assertThat(counted.listener("shop").requests().total()).isEqualTo(1);
        }
    }

    @Test
    void whenRetiredItRefusesAndNothingIsLeftOfIt() throws Exception {
        try (RawServer member = RawServer.start(Script.ok());
                OneListener listener = new OneListener(member.address())) {
            int port = listener.port();
            RawClient client = RawClient.connect(port);
            client.expectUsable();
            listener.change("max_header_size = \"1KiB\"", LONG);
            assertThat(listener.deployments()).isNotEmpty();
            Future<Void> retired = listener.retire(LONG);
            assertThat(client.get("/").head().lists("connection", "close")).isTrue();
            client.expectClosed();
            Await.until("retired", retired::succeeded);
            assertThat(listener.deployments()).isEmpty();
            assertThatThrownBy(() -> RawClient.connect(port)).isInstanceOf(ConnectException.class);
        }
    }

    private static String forwardedFor(Head head) {
        String value = head.value("X-Forwarded-For");
        return "HTTP/1.1 200 OK\r\ncontent-length: " + value.length() + "\r\n\r\n" + value;
    }

    private static String getFor(RawClient client, String original) throws Exception {
        client.sendHead("GET / HTTP/1.1", RawClient.HOST, "X-Forwarded-For: " + original);
        return client.readAnswer().text();
    }

    private static Answer post(RawClient client, String body) throws Exception {
        client.send(Wire.head("POST / HTTP/1.1", RawClient.HOST, "Content-Length: " + body.length()) + body);
        return client.readAnswer();
    }

    private static Answer getWithLongHead(RawClient client) throws Exception {
        client.sendHead("GET / HTTP/1.1", RawClient.HOST, "X-Long: " + "x".repeat(2000));
        return client.readAnswer();
    }
}

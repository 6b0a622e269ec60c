package io.fairlead.health.probe;

import static io.fairlead.health.probe.ScriptedServer.answering;
import static io.fairlead.health.probe.ScriptedServer.readHead;
import static io.fairlead.health.probe.ScriptedServer.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.Probe;
import io.fairlead.health.ProbeResult.Failed;
import io.fairlead.health.ProbeResult.Passed;
import io.fairlead.health.ProbeResult.Reason;
import io.fairlead.member.Member;
import io.fairlead.settings.StatusRange;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code reuse_connection = true}: one connection per member, as long as both sides like it. */
class KeptConnectionIT extends ProbeBench {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final Passed PASSED = new Passed("200");

    @Test
    void oneConnectionServesManyProbes() throws Exception {
        try (ScriptedServer server = ScriptedServer.keepingHeads(OK)) {
            Probe probe = probe();
            Member member = member(server.port());
            for (int i = 0; i < 5; i++) {
                assertThat(ask(control, probe, member)).isEqualTo(PASSED);
            }
            assertThat(server.connections()).isEqualTo(1);
            assertThat(server.heads())
                    .hasSize(5)
                    .allSatisfy(head -> assertThat(head)
                            .startsWith("GET /health HTTP/1.1\r\n")
                            .doesNotContain("Connection"));
        }
    }

    @Test
    void eachMemberHasItsOwn() throws Exception {
        try (ScriptedServer server = ScriptedServer.keepingHeads(OK)) {
            Probe probe = probe();
            List<Member> members = List.of(member(server.port()), member(server.port()));
            for (Member member : List.of(members.get(0), members.get(1), members.get(0), members.get(1))) {
                assertThat(ask(control, probe, member)).isEqualTo(PASSED);
            }
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aConnectionThatTheMemberClosedMeanwhileIsNoFailure() throws Exception {
        try (ScriptedServer server = new ScriptedServer(connection -> {
            readHead(connection);
            write(connection, OK);
            connection.close();
        })) {
            Probe probe = probe();
            Member member = member(server.port());
            for (int i = 1; i <= 4; i++) {
                assertThat(ask(control, probe, member)).isEqualTo(PASSED);
                assertThat(server.connections()).isEqualTo(i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noneIsAConnectionThatEndsAsTheNextProbeComesIn(boolean byReset) throws Exception {
        try (ScriptedServer server = new ScriptedServer(connection -> {
            readHead(connection);
            write(connection, OK);
            readHead(connection); // the next probe's, to which this connection has nothing to say
            connection.setSoLinger(byReset, 0);
            connection.close();
        })) {
            Probe probe = probe();
            Member member = member(server.port());
            assertThat(ask(control, probe, member)).isEqualTo(PASSED);
            assertThat(ask(control, probe, member)).isEqualTo(PASSED);
            assertThat(ask(control, probe, member)).isEqualTo(PASSED);
            assertThat(server.connections()).isEqualTo(3);
        }
    }

    @Test
    void aNewConnectionThatEndsIsAFailure() throws Exception {
        try (ScriptedServer server = new ScriptedServer(answering(OK))) {
            Probe probe = probe();
            Member member = member(server.port());
            server.does(connection -> {
                readHead(connection);
                connection.close();
            });
            Failed closed = new Failed(Reason.PROTOCOL, "connection closed before an answer");
            assertThat(ask(control, probe, member)).isEqualTo(closed);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aListenerThatRefusesIsNoticedWhenTheConnectionEnds() throws Exception {
        Probe probe = probe();
        Member member;
        try (ScriptedServer server = ScriptedServer.keepingHeads(OK)) {
            member = member(server.port());
            assertThat(ask(control, probe, member)).isEqualTo(PASSED);
        }
        assertThat(ask(control, probe, member)).isEqualTo(new Failed(Reason.CONNECT, "connection refused"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokay"
            })
    void aConnectionThatCannotTakeAnotherRequestIsClosed(String answer) throws Exception {
        try (ScriptedServer server = new ScriptedServer(answering(answer))) {
            Probe probe = probe();
            Member member = member(server.port());
            assertThat(ask(control, probe, member)).isEqualTo(PASSED);
            server.awaitAllClosed();
            assertThat(ask(control, probe, member)).isEqualTo(PASSED);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aConnectionOnWhichTheMemberTalksUnaskedIsClosed() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(connection -> {
            readHead(connection);
            write(connection, OK);
            await(answered);
            write(connection, OK);
        })) {
            Probe probe = probe();
            Member member = member(server.port());
            assertThat(ask(control, probe, member)).isEqualTo(PASSED);
            answered.countDown();
            server.awaitAllClosed();
            assertThat(ask(control, probe, member)).isEqualTo(PASSED);
        }
    }

    @Test
    void anAnswerInPartsOnAKeptConnectionIsNoStaleOne() throws Exception {
        try (ScriptedServer server = new ScriptedServer(connection -> {
            readHead(connection);
            write(connection, OK);
            readHead(connection);
            write(connection, "HTTP/1.1 200 OK\r\nContent-Le");
            connection.close();
        })) {
            Probe probe = probe();
            Member member = member(server.port());
            assertThat(ask(control, probe, member)).isEqualTo(PASSED);
            assertThat(ask(control, probe, member))
                    .isEqualTo(new Failed(Reason.PROTOCOL, "connection closed before an answer"));
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aLateAnswerIsNotTakenForThatToTheNextProbe() throws Exception {
        CountDownLatch late = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.keepingHeads(OK)) {
            Probe probe =
                    probe(SHORT, env -> new HttpProbe(new HttpOptions().reuse().made(), env));
            Member member = member(server.port());
            server.does(connection -> {
                readHead(connection);
                await(late);
                write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            });
            assertThat(ask(control, probe, member)).isEqualTo(new Failed(Reason.TIMEOUT, "no answer within 150 ms"));
            server.does(answering("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n"));
            late.countDown();
            assertThat(ask(control, probe, member))
                    .isEqualTo(new Failed(Reason.STATUS, "status 503 (expected: 200-299)"));
        }
    }

    @Test
    void aFailureThatIsAWholeAnswerKeepsTheConnection() throws Exception {
        try (ScriptedServer server = ScriptedServer.keepingHeads("HTTP/1.1 500 No\r\nContent-Length: 2\r\n\r\nno")) {
            HttpOptions options = new HttpOptions().reuse().statuses(new StatusRange(200, 200));
            Probe probe = probe(LONG, env -> new HttpProbe(options.made(), env));
            Member member = member(server.port());
            for (int i = 0; i < 3; i++) {
                assertThat(ask(control, probe, member).detail()).isEqualTo("status 500 (expected: 200): no");
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aMemberThatMovesGetsANewConnection() throws Exception {
        try (ScriptedServer server = ScriptedServer.keepingHeads(OK)) {
            Probe probe = probe();
            Member member = member(server.port());
            assertThat(ask(control, probe, member)).isEqualTo(PASSED);
            member.resolved("127.0.0.2");
            assertThat(ask(control, probe, member)).isEqualTo(new Failed(Reason.CONNECT, "connection refused"));
            server.awaitAllClosed();
            member.resolved("127.0.0.1");
            assertThat(ask(control, probe, member)).isEqualTo(PASSED);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void whatIsForgottenIsClosed() throws Exception {
        try (ScriptedServer server = ScriptedServer.keepingHeads(OK)) {
            Probe probe = probe();
            Member member = member(server.port());
            assertThat(ask(control, probe, member)).isEqualTo(PASSED);
            onControl(() -> {
                probe.forget(member);
                return member;
            });
            server.awaitAllClosed();
        }
    }

    @Test
    void aMemberThatIsForgottenInMidProbeKeepsNothing() throws Exception {
        CountDownLatch forgotten = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(connection -> {
            readHead(connection);
            await(forgotten);
            write(connection, OK);
        })) {
            Probe probe = probe();
            Member member = member(server.port());
            control.runOnContext(v -> {
                probe.probe(member);
                probe.forget(member);
                forgotten.countDown();
            });
            server.awaitConnections(1);
            server.awaitAllClosed();
        }
    }

    private Probe probe() throws Exception {
        return probe(LONG, env -> new HttpProbe(new HttpOptions().reuse().made(), env));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

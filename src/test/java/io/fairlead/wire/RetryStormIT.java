package io.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An outage of all members is not multiplied: they see the clients' requests and the budget's share more, and no client sees an error made up. */
class RetryStormIT {
    private static final int CLIENTS = 8;
    private static final int REQUESTS = 200;
    private static final double BUDGET = 0.2;
    private static final int SAVED = 100;
    private static final int PER_SECOND = 3;

    @RegisterExtension
    final FairleadFixture fairlead = new FairleadFixture();

    @Test
    void membersSeeTheBudgetsShareMoreAndClientsTheMembersOwnAnswer() throws Exception {
        Script overloaded =
                Script.answering("HTTP/1.1 503 Overloaded", "retry-after: 30", "content-length: 5", "", "sorry");
        List<RawServer> members =
                List.of(fairlead.member(overloaded), fairlead.member(overloaded), fairlead.member(overloaded));
        int port = fairlead.port();
        long begin = System.nanoTime();
        List<Background> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(Background.run(() -> ask(port)));
        }
        for (Background client : clients) {
            client.join();
        }
        long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds() + 1;
        fairlead.awaitInFlight(0);
        int requests = CLIENTS * REQUESTS;
        int attempts =
                members.stream().mapToInt(member -> member.heads().size()).sum();
        assertThat(attempts).isGreaterThan(requests + SAVED);
        assertThat(attempts)
                .isLessThanOrEqualTo((int) (requests * (1 + BUDGET)) + SAVED + (int) (PER_SECOND * seconds));
        fairlead.awaitStatus(
                "every attempt is counted",
                pool -> pool.get("requests_total").getAsInt() == requests
                        && pool.get("retries_total").getAsInt() == attempts - requests);
    }

    private static void ask(int port) throws IOException {
        try (RawClient client = RawClient.connect(port)) {
            for (int i = 0; i < REQUESTS; i++) {
                Answer answer = client.get("/" + i);
                assertThat(answer.head().startLine()).isEqualTo("HTTP/1.1 503 Overloaded");
                assertThat(answer.head().value("retry-after")).isEqualTo("30");
                assertThat(answer.text()).isEqualTo("sorry");
            }
        }
    }
}

package io.fairlead;

import static io.fairlead.ReloadFixture.PROGRAM;
import static io.fairlead.ReloadFixture.pool;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.fairlead.admin.program.BoundListener;
import io.fairlead.admin.program.Refusal;
import io.fairlead.config.Mutations;
import io.fairlead.member.Member;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** A running Fairlead is fed with files that are wrong by chance: it refuses them in words and stays as it is, or takes them. */
@Timeout(300)
class MutatedReloadsIT {
    private static final int FILES = Integer.getInteger("mutations", 10_000);

    /** Descriptors of what is opened when it is first needed and then kept, as a resolver's sockets are; a leak would be one in each file. */
    private static final int OPENED_ONCE = 10;

    /** Placed in the file, or about an address that cannot be had. */
    private static final Pattern IN_WORDS =
            Pattern.compile("(?s)(test\\.toml:(\\d+:)? |listener |admin: |access_log).*");

    /** All kinds of tables, and nothing that leads away from loopback or to a file. */
    private static final String RIGHT = PROGRAM.replace("[[list", "token = \"hunter2-of-mine\"\n[[list") + """
            trusted_proxies = ["private", "192.0.2.0/24"]
            header_timeout = "5s"
            max_header_size = "32KiB"

            [[routes]]
            host = "*.shop.example"
            path = "/api/"
            pool = "api"
            timeout = "30s"

            [[routes]]
            path_exact = "/"
            pool = "app"

            [[routes]]
            pool = "api"

            [pools.api]
            strategy = "consistent-hash"
            hash_key = "header:X-Tenant"
            hash_balance_factor = "150%"
            host = "member"
            slow_start = "1s"
            max_connections = 256
            max_queue = 16
            queue_timeout = "1s"
            members = [
                { address = "@c", id = "one", weight = 2 },
                { address = "@d", tier = 1 }, # the second
            ]
            health = { type = "http", path = '/health', headers = { X-Probe = "a, }] b" }, expect_status = ["200-299"] }

            [pools.api.retry]
            attempts = 2
            on = ["connect-failure", "503"]
            budget = "12.5%"

            [pools.api.timeouts]
            connect = "250ms"
            first_byte = "1h"

            [pools.api.outlier]
            consecutive_failures = 7
            ejection_time = "1s"

            [shutdown]
            grace = "1s"
            """
            + pool("app", "a b").replace("members", "sticky = { cookie = \"home\", secret = \"hunter2\" }\nmembers");

    @RegisterExtension
    private final ReloadFixture fixture;

    private final Logger log = (Logger) LoggerFactory.getLogger("io.fairlead");

    MutatedReloadsIT() throws Exception {
        fixture = new ReloadFixture();
    }

    /** What must not change. */
    private record State(String toml, List<Member> members, List<BoundListener> listeners, String admin) {}

    @BeforeEach
    void beSilent() {
        log.setLevel(Level.OFF);
    }

    @AfterEach
    void beLoud() {
        log.setLevel(null);
    }

    @Test
    void refusedFilesChangeNothingAndAcceptedOnesCanBeTakenBack() throws Exception {
        fixture.start(RIGHT);
        for (int i = 0; i < 30; i++) { // so that all workers and loops have begun
            fixture.reload(RIGHT.replace("\"5s\"", "\"" + (6 + i) + "s\""));
        }
        State right = takeBack();
        fixture.ask(8);
        long threads = threads();
        long descriptors = descriptors();
        int verticles = fixture.verticles();
        Mutations mutations = new Mutations(6);
        int refused = 0;
        String original = fixture.resolve(RIGHT);
        for (int i = 0; i < FILES; i++) {
            String mutated = new String(mutations.of(original), StandardCharsets.UTF_8);
            if (isRefused(mutated)) {
                refused++;
                assertThat(state()).as(mutated).isEqualTo(right);
            } else {
                State back = takeBack();
                assertThat(back.toml).as(mutated).isEqualTo(right.toml);
                right = back;
            }
        }
        assertThat(refused).isBetween(FILES / 2, FILES - FILES / 40); // both happen a lot
        assertThat(fixture.ask(8)).contains("a", "b");
        assertThat(fixture.verticles()).isEqualTo(verticles);
        ReloadFixture.await("no more descriptors than before", () -> descriptors() <= descriptors + OPENED_ONCE);
        ReloadFixture.await("no more threads than before", () -> threads() <= threads);
    }

    private State takeBack() throws Exception {
        fixture.reload(RIGHT);
        return state();
    }

    private boolean isRefused(String mutated) throws Exception {
        try {
            fixture.reload(mutated);
            return false;
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof Refusal refusal)) {
                throw new AssertionError(mutated, e);
            }
            assertThat(refusal.problems())
                    .as(mutated)
                    .isNotEmpty()
                    .allMatch(problem -> IN_WORDS.matcher(problem).matches());
            return true;
        } catch (TimeoutException e) {
            throw new AssertionError(mutated, e);
        }
    }

    private State state() throws Exception {
        return fixture.onControl(() -> new State(
                fixture.fairlead().control().effectiveToml(),
                fixture.fairlead().pools().stream()
                        .flatMap(pool -> pool.members().stream())
                        .toList(),
                fixture.fairlead().listeners(),
                fixture.fairlead().adminAddress().toString()));
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("vert.x"))
                .count();
    }

    private static long descriptors() {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

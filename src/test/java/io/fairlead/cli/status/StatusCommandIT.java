package io.fairlead.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.admin.OperatorWindow;
import io.fairlead.admin.ScriptedProgram;
import io.fairlead.cli.CommandRun;
import io.fairlead.cli.admin.AdminClient;
import io.fairlead.cli.text.Paint;
import io.fairlead.health.Health;
import io.fairlead.health.HealthState;
import io.fairlead.health.Source;
import io.fairlead.member.AdminState;
import io.fairlead.pool.Pool;
import io.fairlead.pool.PoolBuilder;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import picocli.CommandLine;

/** {@code fairlead status} before a scripted Fairlead. */
@Timeout(60)
class StatusCommandIT {
    @RegisterExtension
    private final OperatorWindow window = new OperatorWindow();

    private final Pool app = window.program.add(new PoolBuilder("app").members(1, 2, 3));

    @BeforeEach
    void oneDownOneDrained() {
        window.run(() -> {
            ScriptedProgram.takeDown(app, 0);
            app.order(app.members().get(1), AdminState.DRAIN);
        });
        window.pass(Duration.ofSeconds(1));
    }

    private CommandRun status(String... args) {
        String[] all = new String[args.length + 2];
        all[0] = "--admin";
        all[1] = window.address();
        System.arraycopy(args, 0, all, 2, args.length);
        return CommandRun.of(new StatusCommand(), all);
    }

    @Test
    void aRowTellsHowAMemberStands() {
        CommandRun run = status();
        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.lines())
                .containsExactly(
                        "fairlead 1.2.3  ready  up 11s  config.toml  0.0 req/s  errors -",
                        "app/b: drain, by order and not in the file",
                        "",
                        "MEMBER  STATE  FOR  WEIGHT  IN FLIGHT  REQ/S  SHARE  P50 MS  P99 MS  ERRORS  WHY",
                        "app/a   down   2s        1          0    0.0      -       -       -       -  connection refused",
                        "app/b   drain  11s       2          0    0.0      -       -       -       -  no health check is"
                                + " configured",
                        "app/c   up     11s       3          0    0.0      -       -       -       -  no health check is"
                                + " configured");
    }

    @Test
    void asJsonItIsWhatTheApiAnswers() {
        assertThat(new JsonObject(status("--json").out()).getJsonArray("pools")).hasSize(1);
    }

    @Test
    void aMemberThatIsQuotedMovesNoCursor() {
        window.run(() -> app.observe(
                app.members().get(0),
                new Health(HealthState.DOWN, ScriptedProgram.START, Source.ACTIVE, "said \u001b[2J\r\n\"x\"")));
        window.pass(Duration.ofSeconds(1));
        assertThat(status().out()).contains("said .[2J..\"x\"").doesNotContain("\u001b");
    }

    @Test
    void inAPipeTheWatchPrintsOneTableAfterAnotherUntilNobodyReads() throws Exception {
        PipedWriter pipe = new PipedWriter();
        Thread command = new Thread(() -> new CommandLine(new StatusCommand())
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setOut(new PrintWriter(pipe, true))
                .execute("--admin", window.address(), "--watch"));
        try (BufferedReader reader = new BufferedReader(new PipedReader(pipe, 64 * 1024))) {
            command.start();
            int tables = 0;
            while (tables < 2) {
                if (reader.readLine().startsWith("MEMBER")) {
                    tables++;
                }
            }
        }
        command.join();
    }

    @Test
    void aFrameFitsTheWindowAndSaysWhatDoesNot() {
        Watch watch = watch(window.address());
        watch.ask();
        List<String> frame = watch.frame(new Size(5, 30), Paint.NONE);
        assertThat(frame)
                .containsExactly(
                        "fairlead 1.2.3  ready  up 11s…",
                        "app/b: drain, by order and no…",
                        "",
                        "MEMBER  STATE  FOR  WEIGHT  I…",
                        "... and 3 lines more");
        assertThat(watch.frame(new Size(7, 300), Paint.NONE))
                .hasSize(7)
                .last()
                .asString()
                .startsWith("app/c");
        assertThat(watch.frame(new Size(1, 1), Paint.NONE)).containsExactly("…");
    }

    @Test
    void whileNobodyAnswersWhatIsKnownStaysAndIsCalledOld() throws Exception {
        Watch watch = watch(window.address());
        watch.ask();
        window.close();
        watch.ask();
        assertThat(watch.trouble()).startsWith("no Fairlead answers at ");
        List<String> frame = watch.frame(new Size(24, 200), Paint.NONE);
        assertThat(frame.get(0))
                .matches("Trying again; what is below is of \\d\\d:\\d\\d:\\d\\d: no Fairlead answers at .*");
        assertThat(frame.get(1)).startsWith("fairlead 1.2.3");
        assertThat(frame.get(5)).startsWith("app/a   down");
    }

    @Test
    void fromTheBeginningToo() {
        Watch watch = watch("127.0.0.1:1");
        watch.ask();
        assertThat(watch.frame(new Size(24, 200), Paint.NONE))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("Trying again: no Fairlead answers at 127.0.0.1:1");
    }

    private static Watch watch(String address) {
        return new Watch(new AdminClient(address));
    }
}

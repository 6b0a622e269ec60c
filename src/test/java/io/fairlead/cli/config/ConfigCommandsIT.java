package io.fairlead.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.admin.OperatorWindow;
import io.fairlead.admin.ScriptedControl;
import io.fairlead.admin.program.Control;
import io.fairlead.admin.program.Plan;
import io.fairlead.admin.program.Trial;
import io.fairlead.cli.CommandRun;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The commands for the configuration before a scripted Fairlead. */
@Timeout(60)
class ConfigCommandsIT {
    @RegisterExtension
    private final OperatorWindow window = new OperatorWindow();

    private final ScriptedControl control = window.program.control;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void aPlanIsADifferenceAndWhatItTouches() {
        CommandRun run = run(new PlanCommand());
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        assertThat(run.lines())
                .containsExactly(
                        "config.toml: would change 3 things",
                        "+ pools.app.members.c = { address = \"127.0.0.1:9003\" }",
                        "- pools.app.members.b = { address = \"127.0.0.1:9002\" }",
                        "~ pools.app.members.a.weight: 1 -> 5",
                        "listener tls  127.0.0.1:8443 is bound anew; 1 connection of before may finish",
                        "pool app  added c; removed b; changed a; 7 requests in flight there may finish; 33.3% of the keys lead"
                                + " elsewhere",
                        "order  app/a: drain: ordered, and stays so",
                        "order  app/b: weight 3 instead of 1: ordered, and ends: the file says something new of it",
                        "config.toml:7: warning: pools.app.health.timeout: longer than the interval between two probes",
                        "    [pools.app.health]",
                        "               ^");
        assertThat(control.asked).containsExactly("plan");
    }

    @Test
    void nothingToChangeIsSaidToo() {
        control.plan = Future.succeededFuture(
                new Plan("config.toml", "abc", List.of(), List.of(), List.of(), List.of(), List.of()));
        CommandRun run = run(new PlanCommand());
        assertThat(run.out()).isEqualTo("config.toml: would change nothing\n");
        assertThat(run.exit()).isZero();
    }

    @Test
    void aReloadTellsWhatItHasChanged() {
        CommandRun run = run(new ReloadCommand());
        assertThat(run.exit()).isZero();
        assertThat(run.lines().get(0)).isEqualTo("config.toml: changed 3 things");
        assertThat(run.err()).isEmpty();
        assertThat(control.asked).containsExactly("reload for good by the API, 127.0.0.1");
    }

    @Test
    void aReloadOnTrialSaysHowToKeepIt() {
        CommandRun run = run(new ReloadCommand(), "--confirm", "60s", "--rollback-if", "errors>2%");
        assertThat(run.exit()).isZero();
        assertThat(run.err()).contains("in 60s by itself", "\"fairlead confirm\" keeps it");
        assertThat(control.asked)
                .containsExactly(
                        "reload Trial[confirmWithin=PT1M, errorsOver=OptionalDouble[0.02]] by the API, 127.0.0.1");
    }

    @Test
    void aWrongConditionIsWrongUsage() {
        assertThat(run(new ReloadCommand(), "--rollback-if", "errors>2%").exit())
                .isEqualTo(2);
        assertThat(run(new ReloadCommand(), "--confirm", "60").exit()).isEqualTo(2);
        CommandRun run = run(new ReloadCommand(), "--confirm", "2h");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("confirm: 7200000ms (expected: more than 0s, 1h at most)");
        assertThat(control.asked).isEmpty();
    }

    @Test
    void aFileThatIsRefusedIsToldWithAllItsErrors() {
        control.refuse("config.toml:3: one\n 3 | x\u001b[2J", "config.toml:9: another");
        for (Object command : List.of(new PlanCommand(), new ReloadCommand())) {
            CommandRun run = run(command);
            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.out()).isEmpty();
            assertThat(run.err())
                    .isEqualTo(
                            "fairlead: the configuration is refused, it has 2 errors\nconfig.toml:3: one\n 3 | x.[2J\n"
                                    + "config.toml:9: another\n");
        }
    }

    @Test
    void whatIsOnTrialIsConfirmedOrGoesBack() {
        onTrial();
        assertThat(run(new ConfirmCommand()).out()).isEqualTo("config.toml: confirmed, it stays (abc)\n");
        CommandRun again = run(new ConfirmCommand());
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err()).isEqualTo("fairlead: no configuration is on trial\n");

        onTrial();
        assertThat(run(new RollbackCommand()).lines()).contains("config.toml: changed 3 things");
        assertThat(run(new RollbackCommand()).exit()).isEqualTo(1);
    }

    private void onTrial() {
        control.onTrial = Optional.of(
                new Control.OnTrial(new Trial(Duration.ofSeconds(60), OptionalDouble.empty()), Instant.EPOCH, 0));
    }

    @Test
    void theConfigurationInForceIsPrintedAsAFile() {
        assertThat(run(new ShowConfigCommand()).out()).isEqualTo(control.toml);
        control.toml = "# \u001b]0;evil\u0007\n[admin]\n\taddress = \"x\"\n";
        assertThat(run(new ShowConfigCommand()).out()).isEqualTo("# .]0;evil.\n[admin]\n\taddress = \"x\"\n");
    }

    @Test
    void asJsonItIsWhatTheApiAnswers() {
        assertThat(new JsonObject(run(new PlanCommand(), "--json").out()).getBoolean("applied"))
                .isFalse();
        assertThat(new JsonObject(run(new ShowConfigCommand(), "--json").out()).getString("toml"))
                .isEqualTo(control.toml);
    }

    @Test
    void anotherFileThanTheRunningOneIsNotTaken() throws Exception {
        Path other = write("other.toml", "");
        Path own = write("config.toml", "");
        window.program.file = own.toString();
        for (Object command : List.of(new PlanCommand(), new ReloadCommand())) {
            CommandRun run = run(command, "-c", other.toString());
            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.err())
                    .contains("runs with " + own + ", not with " + other
                            + ": it takes only its own file, so nothing was done");
        }
        assertThat(control.asked).isEmpty();
        Path link = Files.createSymbolicLink(directory.resolve("link.toml"), own);
        for (Path same : List.of(own, link, directory.resolve(".").resolve("config.toml"))) {
            assertThat(run(new PlanCommand(), "-c", same.toString()).exit())
                    .as(same.toString())
                    .isZero();
        }
    }

    @Test
    void aTokenThatNoneCanBeIsNotTold() {
        for (String token : List.of("hunter\n2", "hunt\u00fcr2", "hunter2 ")) {
            CommandRun run = run(new ReloadCommand(), "--token", token);
            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.err())
                    .contains("the token has characters that none can have")
                    .doesNotContain("hunt");
        }
        assertThat(control.asked).isEmpty();
    }

    @Test
    void aFileThatWasJustBrokenStillSaysWhereToAsk() throws Exception {
        onTrial();
        Path file = write(
                "config.toml", "[admin]\naddress = \"" + window.address() + "\" # here\n[pools.app]\nmembrs = []\n");
        assertThat(CommandRun.of(new RollbackCommand(), "-c", file.toString()).exit())
                .isZero();
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(
                directory.resolve(name), text.isEmpty() ? "[pools.app]\nmembers = [\"127.0.0.1:9001\"]\n" : text);
    }

    private CommandRun run(Object command, String... args) {
        String[] all = new String[args.length + 2];
        all[0] = "--admin";
        all[1] = window.address();
        System.arraycopy(args, 0, all, 2, args.length);
        return CommandRun.of(command, all);
    }
}

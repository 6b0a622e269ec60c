package io.fairlead.cli.members;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.admin.OperatorWindow;
import io.fairlead.admin.ScriptedControl;
import io.fairlead.cli.CommandRun;
import io.fairlead.member.AdminState;
import io.fairlead.pool.Pool;
import io.fairlead.pool.PoolBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders for members from the command line. */
@Timeout(60)
class MemberOrdersIT {
    @RegisterExtension
    private final OperatorWindow window = new OperatorWindow();

    private final Pool app = window.program.add(new PoolBuilder("app").members(1, 2));
    private final ScriptedControl control = window.program.control;

    @ParameterizedTest
    @ValueSource(strings = {"drain", "maintenance"})
    void severalMembersAtOnce(String order) {
        CommandRun run = run(order, "app/a", "app/b");
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        assertThat(run.lines())
                .containsExactly(
                        "app/a: " + order + ", up, weight 1, 0 in flight",
                        "app/b: " + order + ", up, weight 2, 0 in flight");
        AdminState state = AdminState.valueOf(order.toUpperCase(Locale.ROOT));
        assertThat(states()).containsExactly(state, state);

        assertThat(run("ready", "app/b").exit()).isZero();
        assertThat(states()).containsExactly(state, AdminState.READY);
    }

    @Test
    void ifOneIsUnknownNoneIsTouched() {
        CommandRun run = run("drain", "app/a", "ap/b");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("fairlead: there is no member ap/b, did you mean app/b?\n");
        assertThat(states()).containsExactly(AdminState.READY, AdminState.READY);
        assertThat(run("drain", "app/zebra").err())
                .contains("there is no member app/zebra (expected: one of app/a, app/b)");
    }

    @Test
    void anotherWeight() {
        CommandRun run = run("weight", "app/a", "5");
        assertThat(run.out()).isEqualTo("app/a: ready, up, weight 5, 0 in flight\n");
        CommandRun wrong = run("weight", "app/a", "0");
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).contains("weight: 0 (expected: 1 to 256; \"drain\" is what keeps requests away)");
        assertThat(run("weight", "app/a", "x").exit()).isEqualTo(2);
        assertThat(run("weight", "a", "5").exit()).isEqualTo(2);
    }

    @Test
    void oneMore() {
        assertThat(run("add", "app", "10.0.0.13:9001", "--id", "x", "--weight", "5", "--tier", "1")
                        .exit())
                .isZero();
        assertThat(run("add", "app", "10.0.0.13:9001").exit()).isZero();
        assertThat(control.asked)
                .containsExactly(
                        "add app/MemberSettings[address=10.0.0.13:9001, id=x, weight=5, tier=1, admin=READY]",
                        "add app/MemberSettings[address=10.0.0.13:9001, id=10.0.0.13:9001, weight=1, tier=0, admin=READY]");
    }

    @Test
    void oneMoreThatIsThereOrHasNoPoolOrNoAddress() {
        CommandRun there = run("add", "app", "10.0.0.13:9001", "--id", "a");
        assertThat(there.exit()).isEqualTo(1);
        assertThat(there.err()).isEqualTo("fairlead: pool app has a member a already\n");
        assertThat(run("add", "ap", "10.0.0.13:9001").err())
                .isEqualTo("fairlead: there is no pool ap, did you mean app?\n");
        assertThat(run("add", "app", "10.0.0.13").exit()).isEqualTo(2);
    }

    @Test
    void oneLess() {
        assertThat(run("remove", "app/b").out()).isEqualTo("app/b: removed\n");
        assertThat(control.asked).containsExactly("remove app/b");
        control.refusal = new IllegalStateException("a is the last member of pool app");
        CommandRun last = run("remove", "app/a");
        assertThat(last.exit()).isEqualTo(1);
        assertThat(last.err()).isEqualTo("fairlead: a is the last member of pool app\n");
    }

    private List<AdminState> states() {
        List<AdminState> states = new ArrayList<>();
        window.run(() -> app.status().forEach(status -> states.add(status.admin())));
        return states;
    }

    private CommandRun run(String command, String... args) {
        String[] all = new String[args.length + 3];
        all[0] = command;
        all[1] = "--admin";
        all[2] = window.address();
        System.arraycopy(args, 0, all, 3, args.length);
        return CommandRun.of(new MembersCommand(), all);
    }
}

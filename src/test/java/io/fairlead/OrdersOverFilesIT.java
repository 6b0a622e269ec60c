package io.fairlead;

import static io.fairlead.ReloadFixture.PROGRAM;
import static io.fairlead.ReloadFixture.pool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.admin.program.Refusal;
import io.fairlead.member.AdminState;
import io.fairlead.member.Member;
import io.fairlead.member.MemberAddress;
import io.fairlead.pool.Drift;
import io.fairlead.pool.MemberSettings;
import io.fairlead.pool.Pool;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Members that the operator added or removed, and files that say something of the same members. */
class OrdersOverFilesIT {
    @RegisterExtension
    final ReloadFixture fixture = new ReloadFixture();

    OrdersOverFilesIT() throws Exception {}

    private void add(String id) throws Exception {
        MemberAddress address = MemberAddress.parse(fixture.apps.address(id));
        fixture.onControl(() -> fixture.fairlead()
                .control()
                .add(fixture.fairlead().pool("app"), new MemberSettings(address, id, 1, 0, AdminState.READY)));
    }

    private void remove(String id) throws Exception {
        Member member = fixture.member("app", id).member();
        fixture.onControl(() -> {
            fixture.fairlead().control().remove(fixture.fairlead().pool("app"), member);
            return member;
        });
    }

    private List<String> drift() throws Exception {
        return fixture.onControl(() -> fixture.fairlead().pool("app").drift()).stream()
                .map(Drift::toString)
                .toList();
    }

    @Test
    void aFileThatLeavesNoMemberIsRefusedInWords() throws Exception {
        LoadBalancer fairlead = fixture.start(PROGRAM + pool("app", "a b"));
        remove("a");
        String words = "pools.app.members: all that the file has are removed by the operator's orders"
                + " (expected: one that is not, in the file or added by an order)";
        fixture.write(PROGRAM + pool("app", "a"));
        assertThatThrownBy(() ->
                        Apps.await(fairlead.onControl(() -> fairlead.control().plan())))
                .hasCauseInstanceOf(Refusal.class)
                .hasMessageContaining(words);
        assertThat(fixture.refused(PROGRAM + pool("app", "a"))).containsExactly(words);
        assertThat(fixture.ask(4)).containsOnly("b");
        add("c");
        fixture.reload(PROGRAM + pool("app", "a"));
        assertThat(fixture.fairlead().pool("app").members())
                .extracting(Member::id)
                .containsExactly("c");
    }

    /** The members come, and are looked at, before it turns out that a listener cannot have its address. */
    @Test
    void aReloadThatFailsLateLeavesOrdersAndStatisticsAsTheyWere() throws Exception {
        LoadBalancer fairlead = fixture.start(PROGRAM + pool("app", "a b"));
        Pool pool = fairlead.pool("app");
        add("c");
        remove("b");
        Member c = fixture.member("app", "c").member();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String second = "[[listeners]]\nname = \"second\"\naddress = \"127.0.0.1:" + taken.getLocalPort() + "\"\n";
            assertThat(fixture.refused(PROGRAM + second + pool("app", "b c d")))
                    .singleElement()
                    .asString()
                    .endsWith("the address is in use");
        }
        assertThat(pool.members()).extracting(Member::id).containsExactly("a", "c");
        assertThat(pool.members()).contains(c);
        assertThat(drift()).containsExactly("app/c: added", "app/b: removed");
        int probes = fixture.apps.probes("d");
        int others = fixture.apps.probes("a");
        ReloadFixture.await("probes of a", () -> fixture.apps.probes("a") >= others + 5);
        assertThat(fixture.apps.probes("d")).isLessThanOrEqualTo(probes + 1);
        assertThat(fixture.ask(8)).contains("a", "c").doesNotContain("b", "d");
    }
}

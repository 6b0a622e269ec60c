package io.fairlead.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.member.Member;
import io.fairlead.member.MemberAddress;
import io.fairlead.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private static final MemberAddress ADDRESS = new MemberAddress("10.0.0.1", 9001);
    private final Member a = new Member("app", "a", ADDRESS);
    private final Member b = new Member("app", "b", ADDRESS);

    @Test
    void aCookieLeadsBackToItsMemberAndNothingElseDoes() {
        Sessions sessions = sessions("secret", "machine", a, b);
        assertThat(sessions.home(value(sessions, a))).isSameAs(a);
        assertThat(sessions.home(value(sessions, b))).isSameAs(b);
        assertThat(sessions.home("")).isNull();
        assertThat(sessions.home("a")).isNull();
        assertThat(sessions.home(value(sessions, a).substring(1))).isNull();
    }

    @Test
    void theValueDependsOnSecretPoolAndIdAlone() {
        String value = value(sessions("secret", "machine", a, b), a);
        assertThat(value(sessions("secret", "another machine", b, a), a)).isEqualTo(value);
        Member sameElsewhere = new Member("app", "a", new MemberAddress("10.9.9.9", 1));
        assertThat(value(sessions("secret", "machine", sameElsewhere), sameElsewhere))
                .isEqualTo(value);

        Member inAnotherPool = new Member("api", "a", ADDRESS);
        Set<String> values = new HashSet<>(List.of(value));
        values.add(value(sessions("another secret", "machine", a), a));
        values.add(value(sessions("secret", "machine", inAnotherPool), inAnotherPool));
        values.add(value(sessions("", "machine", a), a));
        values.add(value(sessions("", "another machine", a), a));
        assertThat(values).hasSize(5);
    }

    @Test
    void theValueTellsNothingOfTheMember() {
        Member member = new Member("app", "10.0.0.1:9001", ADDRESS);
        assertThat(value(sessions("secret", "machine", member), member)).matches("[A-Za-z0-9_-]{22}");
    }

    @Test
    void aMemberThatIsGoneGetsNoCookie() {
        Sessions sessions = sessions("secret", "machine", a);
        assertThat(sessions.setCookie(a, false)).isPresent();
        assertThat(sessions.setCookie(b, false)).isEmpty();
    }

    private static String value(Sessions sessions, Member member) {
        return sessions.setCookie(member, false).orElseThrow().split("[=;]", 3)[1];
    }

    private static Sessions sessions(String secret, String machine, Member... members) {
        Key key = new SecretKeySpec(machine.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        StickySettings settings = new StickySettings("fairlead", new Secret(secret), Duration.ZERO);
        return new Sessions(settings, List.of(members), key);
    }
}

package io.fairlead.pool;

import io.fairlead.member.Member;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The cookies by which sessions stay at their member. A cookie's value is HMAC-SHA-256 of the pool's name and the member's id,
 * cut to 128 bits: it tells nothing of the member, cannot be made without the key, and is the same after a restart. All
 * values are reckoned once; a request costs one look into a map.
 *
 * <p>Any event loop.
 */
public final class Sessions {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int LENGTH = 16;

    private final StickySettings settings;
    private final Map<String, Member> byValue = new HashMap<>();
    private final Map<Member, String> cookies = new HashMap<>();

    /**
     * The cookies of these members.
     *
     * @param machineKey signs where no secret is configured
     */
    Sessions(StickySettings settings, List<Member> members, Key machineKey) {
        this.settings = settings;
        Key key = settings.secret().isSet()
                ? new SecretKeySpec(settings.secret().value().getBytes(StandardCharsets.UTF_8), ALGORITHM)
                : machineKey;
        for (Member member : members) {
            String value = sign(key, member.pool() + "/" + member.id());
            byValue.put(value, member);
            String age = settings.maxAge().isZero()
                    ? ""
                    : "; Max-Age=" + settings.maxAge().toSeconds();
            cookies.put(member, settings.cookie() + "=" + value + "; Path=/" + age + "; HttpOnly; SameSite=Lax");
        }
    }

    private static String sign(Key key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] signature = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(signature, LENGTH));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java platform has this algorithm
        }
    }

    /** The cookie's name. */
    public String cookie() {
        return settings.cookie();
    }

    /** The member that a cookie's value stands for; null if it is none of ours. */
    public @Nullable Member home(String value) {
        return byValue.get(value);
    }

    /** The Set-Cookie header that binds a session to this member; empty if the pool has it no longer, or not yet. */
    public Optional<String> setCookie(Member member, boolean secure) {
        return Optional.ofNullable(cookies.get(member)).map(cookie -> secure ? cookie + "; Secure" : cookie);
    }
}

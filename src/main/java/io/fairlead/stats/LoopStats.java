package io.fairlead.stats;

import io.fairlead.member.Member;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The recorders of one event loop. Asking for one gives the same object each time, made when it is first asked for.
 *
 * <p>Confined to its event loop. The maps are concurrent only because the sampler walks them meanwhile and takes out
 * members that are gone; a lookup neither locks nor allocates. Members are told apart by identity, as they have no other.
 */
public final class LoopStats {
    private final Map<Member, MemberRecorder> members = new ConcurrentHashMap<>();
    private final Map<String, ListenerRecorder> listeners = new ConcurrentHashMap<>();
    private final Map<String, PoolRecorder> pools = new ConcurrentHashMap<>();

    LoopStats() {}

    /** The one to give to {@link Member#lease}. */
    public MemberRecorder member(Member member) {
        MemberRecorder present = members.get(member);
        return present != null ? present : members.computeIfAbsent(member, any -> new MemberRecorder());
    }

    /** Of the listener that goes by this name. */
    public ListenerRecorder listener(String name) {
        ListenerRecorder present = listeners.get(name);
        return present != null ? present : listeners.computeIfAbsent(name, any -> new ListenerRecorder());
    }

    /** Of the pool that goes by this name. */
    public PoolRecorder pool(String name) {
        PoolRecorder present = pools.get(name);
        return present != null ? present : pools.computeIfAbsent(name, any -> new PoolRecorder());
    }

    /** Control context only. */
    Iterable<Member> members() {
        return members.keySet();
    }

    /** Control context only. */
    Iterable<String> listeners() {
        return listeners.keySet();
    }

    /** Control context only. */
    Iterable<String> pools() {
        return pools.keySet();
    }

    /** Control context only. */
    @Nullable
    MemberRecorder recorded(Member member) {
        return members.get(member);
    }

    /** Control context only. */
    @Nullable
    ListenerRecorder recordedListener(String name) {
        return listeners.get(name);
    }

    /** Control context only. */
    @Nullable
    PoolRecorder recordedPool(String name) {
        return pools.get(name);
    }

    /** Control context only. */
    void forget(Member member) {
        members.remove(member);
    }
}

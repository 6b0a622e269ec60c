package io.fairlead.stats.record;

import io.fairlead.member.Member;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

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
    private final Changes changes = new Changes();

    /** The one to give to {@link Member#lease}. */
    public MemberRecorder member(Member member) {
        MemberRecorder present = members.get(member);
        return present != null ? present : members.computeIfAbsent(member, of -> new MemberRecorder(of, changes));
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

    /** Those of members that something ended at since the last call; none that was forgotten. Control context only. */
    public List<MemberRecorder> takeChanged() {
        List<MemberRecorder> changed = changes.take();
        changed.removeIf(recorder -> members.get(recorder.member()) != recorder);
        return changed;
    }

    /** All that were asked for. Control context only. */
    public Map<String, ListenerRecorder> listeners() {
        return listeners;
    }

    /** All that were asked for. Control context only. */
    public Map<String, PoolRecorder> pools() {
        return pools;
    }

    /** Drops the recorder of a member that is gone. Control context only. */
    public void forget(Member member) {
        members.remove(member);
    }
}

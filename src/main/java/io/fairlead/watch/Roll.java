package io.fairlead.watch;

import io.fairlead.member.Member;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Members from whom something is awaited. Control context only. */
final class Roll {
    private final Set<Member> awaited = new HashSet<>();
    private Promise<Void> done = Promise.promise();

    Roll() {
        done.complete();
    }

    /** It is awaited from these, too. */
    void add(Collection<Member> members) {
        if (awaited.isEmpty() && !members.isEmpty()) {
            done = Promise.promise();
        }
        awaited.addAll(members);
    }

    /** It is not awaited from this one any longer. */
    void strike(Member member) {
        if (awaited.remove(member) && awaited.isEmpty()) {
            done.complete();
        }
    }

    /** Completes when it is awaited from none of those that are on the roll now. */
    Future<Void> done() {
        return done.future();
    }
}

package io.fairlead.program.scenario;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Members, Fairlead before them, and a load: what a scenario is played on. */
final class Scene implements AutoCloseable {
    /** Stands for the members' list in a configuration. */
    static final String MEMBERS = "@members@";

    /** Two samples, so that one may be late. */
    private static final double SAMPLES_SECONDS = 2.1;

    private final List<MemberProcess> members = new ArrayList<>();
    private final Front front;
    private final List<Load> loads = new ArrayList<>();

    /**
     * Starts all, and waits until all members serve.
     *
     * @param serviceMillis what each answer of a member takes
     */
    Scene(Path directory, int members, int serviceMillis, String routesAndPools) throws Exception {
        try {
            for (int i = 0; i < members; i++) {
                this.members.add(new MemberProcess(serviceMillis));
            }
            String list = this.members.stream()
                    .map(member -> '"' + member.address() + '"')
                    .collect(Collectors.joining(", ", "members = [", "]"));
            front = new Front(directory, routesAndPools.replace(MEMBERS, list));
        } catch (Exception | AssertionError e) {
            this.members.forEach(MemberProcess::close);
            throw e;
        }
    }

    Front front() {
        return front;
    }

    List<MemberProcess> members() {
        return members;
    }

    MemberProcess member(int index) {
        return members.get(index);
    }

    /** Begins a load, and waits until its rate is full and it counts. */
    Load load(int perSecond, double warmUpSeconds, IntFunction<String> path) throws InterruptedException {
        Load load = new Load(front.port(), perSecond, warmUpSeconds, path);
        loads.add(load);
        load.awaitSecond(0);
        return load;
    }

    /** A member as the API shows it when it has nothing in flight and the last second has been counted. */
    JsonObject settled(String pool, MemberProcess member) throws InterruptedException {
        front.awaitMember(pool, member, shown -> shown.getInteger("in_flight") == 0);
        pause(SAMPLES_SECONDS);
        return front.member(pool, member);
    }

    /** How often it was tried in vain: requests that broke off or got no answer in time, and failures to connect. */
    static int tries(JsonObject member) {
        JsonObject errors = member.getJsonObject("errors");
        return errors.getInteger("connect") + errors.getInteger("reset") + errors.getInteger("timeout");
    }

    /** Lets the load run on. */
    static void pause(double seconds) throws InterruptedException {
        Thread.sleep((long) (seconds * 1000));
    }

    /** Ends it in good order, and complains of whatever is not. To be called when loads have ended. */
    void end() throws Exception {
        front.stop();
    }

    @Override
    public void close() {
        loads.forEach(Load::close);
        front.close();
        members.forEach(MemberProcess::close);
    }
}

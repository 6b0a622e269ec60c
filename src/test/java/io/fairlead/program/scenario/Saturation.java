package io.fairlead.program.scenario;

import io.fairlead.program.Nginx;
import io.fairlead.program.Wrk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * As many requests as the machine can do, from wrk to three nginx that are well.
 *
 * @param requests how many were answered, none of them with an error
 * @param transitions what the log said of members after they had come up
 */
record Saturation(long requests, List<String> transitions) {
    private static final int SLICE_SECONDS = 20;

    static Saturation play(Path directory, int seconds) throws Exception {
        List<Nginx> members = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                members.add(Nginx.start(directory));
            }
            String list = members.stream()
                    .map(member -> '"' + member.address() + '"')
                    .collect(Collectors.joining(", ", "[", "]"));
            String pool = """
                    [pools.app]
                    members = %s
                    [pools.app.health]
                    path = "/"
                    """.formatted(list);
            try (Front front = new Front(directory, pool)) {
                int lines = front.transitions().size();
                long requests = 0;
                for (int left = seconds; left > 0; left -= SLICE_SECONDS) {
                    try (Wrk wrk = Wrk.start(front.url(), Math.min(left, SLICE_SECONDS))) {
                        requests += wrk.requestsWithoutErrors();
                    }
                }
                List<String> transitions = front.transitions();
                front.stop();
                return new Saturation(requests, transitions.subList(lines, transitions.size()));
            }
        } finally {
            members.forEach(Nginx::close);
        }
    }
}

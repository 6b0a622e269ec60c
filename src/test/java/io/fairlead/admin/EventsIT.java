package io.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.admin.events.Event;
import io.fairlead.admin.events.EventKind;
import io.fairlead.pool.Pool;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code GET /api/v1/events}, as a list and as a stream. */
@Timeout(60)
class EventsIT {
    @RegisterExtension
    private final OperatorWindow window = new OperatorWindow();

    private final Pool app = window.program.addPool("app");
    private final Pool shop = window.program.addPool("shop");

    @BeforeEach
    void somethingHappens() {
        window.run(() -> {
            ScriptedProgram.takeDown(app, 0);
            ScriptedProgram.takeDown(shop, 1);
            ScriptedProgram.bringUp(app, 0);
        });
    }

    @Test
    void areToldNewestFirst() throws Exception {
        assertThat(list("/api/v1/events"))
                .extracting(event -> event.getString("pool") + "/" + event.getString("member") + " "
                        + event.getString("from") + " -> " + event.getString("to"))
                .containsExactly(
                        "app/127.0.0.1:9001 down -> up", "shop/blue up -> down", "app/127.0.0.1:9001 up -> down");
        assertThat(window.get("/api/v1/events").contentType()).isEqualTo("application/json");
        assertThat(window.get("/api/v1/status").json().getLong("last_event"))
                .isEqualTo(list("/api/v1/events").get(0).getLong("id"));
    }

    @Test
    void canBeNarrowed() throws Exception {
        assertThat(list("/api/v1/events?limit=1")).hasSize(1);
        assertThat(list("/api/v1/events?limit=0")).isEmpty();
        assertThat(list("/api/v1/events?pool=shop")).hasSize(1);
        assertThat(list("/api/v1/events?pool=app&member=127.0.0.1:9001&limit=5"))
                .hasSize(2);
        assertThat(list("/api/v1/events?pool=app&member=blue")).isEmpty();
        long second = list("/api/v1/events").get(1).getLong("id");
        assertThat(list("/api/v1/events?since=" + second)).hasSize(1);
        for (String wrong : List.of("limit=-1", "limit=ten", "since=1.5", "since=99999999999999999999")) {
            assertThat(window.get("/api/v1/events?" + wrong).status()).as(wrong).isEqualTo(400);
        }
    }

    @Test
    void aStreamTellsWhatWasAndThenWhatHappens() throws Exception {
        try (BufferedReader stream = open("/api/v1/events")) {
            List<JsonObject> past = next(stream, 3);
            assertThat(past).extracting(event -> event.getString("to")).containsExactly("down", "down", "up");

            window.run(() -> ScriptedProgram.takeDown(app, 1));
            assertThat(next(stream, 1).get(0).getString("message")).startsWith("member app/blue is out: ");
        }
    }

    @Test
    void whoComesBackIsToldWhatHeMissed() throws Exception {
        String seen = list("/api/v1/events").get(1).getLong("id").toString();
        try (BufferedReader stream = open("/api/v1/events", "last-event-id", seen)) {
            assertThat(next(stream, 1).get(0).getString("to")).isEqualTo("up");
        }
        window.run(() -> happen(1000));
        try (BufferedReader stream = open("/api/v1/events", "last-event-id", seen)) {
            assertThat(stream.readLine()).startsWith("retry: ");
            assertThat(stream.readLine()).isEmpty();
            assertThat(stream.readLine()).isEqualTo("event: gap");
            assertThat(stream.readLine()).isEqualTo("data: {\"missed\":1}");
            assertThat(next(stream, 1000)).hasSize(1000);
        }
    }

    @Test
    void aStreamCanBeNarrowedAndLeaveOutThePast() throws Exception {
        try (BufferedReader stream = open("/api/v1/events?pool=shop&limit=0")) {
            window.run(() -> {
                ScriptedProgram.takeDown(app, 1);
                ScriptedProgram.bringUp(shop, 1);
            });
            assertThat(next(stream, 1).get(0).getString("message")).startsWith("member shop/blue serves: ");
        }
    }

    @Test
    void aReaderThatTakesNothingHoldsUpNobodyAndIsToldOfTheGap() throws Exception {
        String filler = "x".repeat(20_000);
        try (InputStream slow = window.stream("/api/v1/events?limit=0", "accept", "text/event-stream")) {
            // 80 MB, far more than sockets hold, of which a thousand events are kept
            for (int i = 0; i < 4; i++) {
                window.run(() -> {
                    for (int j = 0; j < 1000; j++) {
                        window.program.events.add(
                                EventKind.REMARK, Event.Subject.PROGRAM, Event.Change.because(filler), "big");
                    }
                });
                assertThat(window.get("/livez").status()).isEqualTo(200);
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(slow, StandardCharsets.UTF_8));
            String line = reader.readLine();
            while (!line.equals("event: gap")) {
                line = reader.readLine();
            }
            long last = window.get("/api/v1/status").json().getLong("last_event");
            while (!line.equals("id: " + last)) {
                line = reader.readLine();
            }
        }
    }

    @Test
    void aReaderThatLeavesIsForgotten() throws Exception {
        BufferedReader stream = open("/api/v1/events");
        next(stream, 3);
        assertThat(window.readers()).isEqualTo(1);
        stream.close();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (window.readers() > 0 && System.nanoTime() - deadline < 0) {
            window.run(() -> happen(1)); // what is written to a closed connection shows that it is
        }
        assertThat(window.readers()).isZero();
    }

    private void happen(int times) {
        for (int i = 0; i < times; i++) {
            window.program.events.add(EventKind.REMARK, Event.Subject.PROGRAM, Event.Change.because("why"), "what");
        }
    }

    private List<JsonObject> list(String path) throws Exception {
        JsonArray events = window.get(path).json().getJsonArray("events");
        return events.stream().map(JsonObject.class::cast).toList();
    }

    private BufferedReader open(String path, String... headers) throws Exception {
        String[] all = new String[headers.length + 2];
        all[0] = "accept";
        all[1] = "text/event-stream";
        System.arraycopy(headers, 0, all, 2, headers.length);
        return new BufferedReader(new InputStreamReader(window.stream(path, all), StandardCharsets.UTF_8));
    }

    /** The next so many events; each is numbered as its line says. */
    private static List<JsonObject> next(BufferedReader stream, int count) throws IOException {
        List<JsonObject> events = new ArrayList<>();
        String id = "";
        while (events.size() < count) {
            String line = stream.readLine();
            if (line.startsWith("id: ")) {
                id = line.substring("id: ".length());
            } else if (line.startsWith("data: ") && !id.isEmpty()) {
                JsonObject event = new JsonObject(line.substring("data: ".length()));
                assertThat(event.getLong("id").toString()).isEqualTo(id);
                events.add(event);
            }
        }
        return events;
    }
}

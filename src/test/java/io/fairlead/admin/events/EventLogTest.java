package io.fairlead.admin.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EventLogTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final long FIRST = START.toEpochMilli() * 1000;

    private final EventLog log = new EventLog(InstantSource.fixed(START));

    @Test
    void anEmptyLogHasNothingToTell() {
        assertThat(log.newestFirst(-1)).isEmpty();
        assertThat(log.after(-1)).isEmpty();
        assertThat(log.lastId()).isEqualTo(FIRST - 1);
    }

    @Test
    void eventsAreNumberedWithoutAGapAndToldNewestFirst() {
        add(3);
        assertThat(log.newestFirst(-1)).extracting(Event::id).containsExactly(FIRST + 2, FIRST + 1, FIRST);
        assertThat(log.newestFirst(FIRST)).extracting(Event::id).containsExactly(FIRST + 2, FIRST + 1);
        assertThat(log.newestFirst(FIRST + 2)).isEmpty();
        assertThat(log.lastId()).isEqualTo(FIRST + 2);
    }

    @Test
    void theLastThousandAreKept() {
        add(2500);
        assertThat(log.newestFirst(-1))
                .extracting(Event::id)
                .containsExactlyElementsOf(LongStream.iterate(FIRST + 2499, id -> id - 1)
                        .limit(1000)
                        .boxed()
                        .toList());
        assertThat(log.newestFirst(-1))
                .extracting(Event::message)
                .startsWith("2500")
                .endsWith("1501");
    }

    @Test
    void whoEndsItIsToldNoMore() {
        List<String> told = new ArrayList<>();
        Runnable end = log.onEvent(event -> told.add(event.message()));
        log.onEvent(event -> told.add("other " + event.message()));
        add(1);
        end.run();
        add(1);
        assertThat(told)
                .hasSize(3)
                .filteredOn(message -> message.startsWith("other"))
                .hasSize(2);
    }

    @Test
    void aReaderGoesFromOneToTheNextAndIsToldWhatItMissed() {
        add(5);
        assertThat(after(FIRST + 1)).isEqualTo(FIRST + 2);
        assertThat(log.after(FIRST + 4)).isEmpty();
        assertThat(log.forgottenAfter(FIRST + 1)).isZero();

        add(1000);
        assertThat(after(FIRST + 1)).isEqualTo(FIRST + 5);
        assertThat(log.forgottenAfter(FIRST + 1)).isEqualTo(3);
        assertThat(log.forgottenAfter(FIRST + 4)).isZero();
    }

    @Test
    void aPlaceInTheLogOfAnEarlierRunIsBeforeAllOfThisOne() {
        add(1);
        assertThat(after(FIRST - 12_345_678)).isEqualTo(FIRST);
        assertThat(log.forgottenAfter(FIRST - 12_345_678)).isZero();
        EventLog later = new EventLog(InstantSource.fixed(START.plusSeconds(1)));
        assertThat(later.lastId()).isGreaterThan(log.lastId() + 900_000);
    }

    @Test
    void whoeverListensIsToldOfEachOnce() {
        List<String> told = new ArrayList<>();
        log.onEvent(event -> told.add(event.message()));
        add(2);
        assertThat(told).containsExactly("1", "2");
    }

    private long after(long id) {
        return log.after(id).orElseThrow().id();
    }

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            String number = Long.toString(log.lastId() + 2 - FIRST);
            log.add(EventKind.START, Event.Subject.PROGRAM, Event.Change.because(number), number);
        }
    }
}

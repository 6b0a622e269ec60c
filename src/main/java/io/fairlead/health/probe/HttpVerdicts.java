package io.fairlead.health.probe;

import io.fairlead.health.ProbeResult;
import io.fairlead.health.ProbeResult.Failed;
import io.fairlead.health.ProbeResult.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What an HTTP probe makes of answers, whole ones and others. Control context only. */
final class HttpVerdicts {
    private final HttpProbeOptions options;
    private final Duration timeout;
    private final Excerpt excerpt;
    private final ExpectedBody.Search search;
    private final Passes passes = new Passes();

    HttpVerdicts(HttpProbeOptions options, Duration timeout) {
        this.options = options;
        this.timeout = timeout;
        this.excerpt = new Excerpt(ProbeHeaders.inClear(options.headers()).values());
        this.search = options.expectBody().search();
    }

    /** An answer to be read. */
    HttpAnswer newAnswer() {
        return new HttpAnswer(options.method().equals("HEAD"), this::wanted, excerpt);
    }

    /** Bytes of the body that the verdict needs. */
    private int wanted(int status) {
        if (!options.expects(status)) {
            return excerpt.window();
        }
        return options.expectBody().isSet() ? ExpectedBody.LONGEST : 0;
    }

    /** Whether nothing that is still to come would change the verdict. */
    boolean isDecided(HttpAnswer answer) {
        return answer.isComplete() || (answer.hasHead() && !options.expects(answer.status()) && answer.hasWanted());
    }

    /** Of an answer that is decided. */
    ProbeResult of(HttpAnswer answer) {
        if (!options.expects(answer.status())) {
            return status(answer);
        }
        return options.expectBody().isSet() ? body(answer) : passes.of(answer.status());
    }

    /** Of one that went wrong: if its status is not the right one, that matters more. */
    ProbeResult of(HttpAnswer answer, Failed failure) {
        return answer.hasHead() && !options.expects(answer.status()) ? status(answer) : failure;
    }

    /** Of one that is not there in time. */
    ProbeResult late(HttpAnswer answer) {
        return of(
                answer,
                answer.hasHead()
                        ? new Failed(
                                Reason.TIMEOUT,
                                "status " + answer.status() + ", but not all of the body within " + timeout.toMillis()
                                        + " ms")
                        : FailureWords.late(timeout));
    }

    private Failed status(HttpAnswer answer) {
        String came = shown(answer);
        String words = "status " + answer.status() + " (expected: " + options.expected() + ")";
        return new Failed(Reason.STATUS, came.isEmpty() ? words : words + ": " + came);
    }

    private ProbeResult body(HttpAnswer answer) {
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        return switch (search.in(text)) {
            case YES -> passes.of(answer.status());
            case GAVE_UP ->
                new Failed(Reason.BODY, "expect_body was given up: the expression backtracks too much on this body");
            case NO ->
                new Failed(
                        Reason.BODY,
                        "expect_body is not in the body"
                                + (answer.body().length == 0 ? ", which is empty" : ": " + shown(answer)));
        };
    }

    private String shown(HttpAnswer answer) {
        byte[] body = answer.body();
        return excerpt.of(body, body.length);
    }
}

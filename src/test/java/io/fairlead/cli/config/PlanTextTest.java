package io.fairlead.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.cli.text.Paint;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A plan as people read it. */
class PlanTextTest {
    private final JsonObject plan = new JsonObject()
            .put("file", "config.toml")
            .put("applied", true)
            .put("changes", new JsonArray())
            .put("listeners", new JsonArray())
            .put("pools", new JsonArray())
            .put("drift", new JsonArray())
            .put("warnings", new JsonArray());

    @ParameterizedTest
    @CsvSource({
        "added, is bound",
        "removed, closes; its 2 connections may finish",
        "rebound, is bound anew; 2 connections of before may finish",
        "changed, goes by other settings; its 2 connections stay",
    })
    void ofAListenerItIsToldWhatBecomesOfItsConnections(String step, String words) {
        plan.getJsonArray("listeners")
                .add(new JsonObject()
                        .put("name", "web")
                        .put("address", ":80")
                        .put("step", step)
                        .put("connections", 2));
        assertThat(PlanText.of(plan, Paint.NONE))
                .containsExactly("config.toml: changed nothing", "listener web  :80 " + words);
    }

    @ParameterizedTest
    @CsvSource({"added, the pool is added", "removed, the pool is removed", "changed, goes by other settings"})
    void ofAPoolThatNoMemberTellsOf(String step, String words) {
        plan.getJsonArray("pools")
                .add(new JsonObject()
                        .put("name", "app")
                        .put("step", step)
                        .put("added", new JsonArray())
                        .put("removed", new JsonArray())
                        .put("changed", new JsonArray())
                        .put("in_flight", 0)
                        .putNull("moved_keys"));
        assertThat(PlanText.of(plan, Paint.NONE)).last().isEqualTo("pool app  " + words);
    }

    @Test
    void whatStaysIsNotTold() {
        plan.getJsonArray("listeners")
                .add(new JsonObject()
                        .put("name", "web")
                        .put("address", ":80")
                        .put("step", "kept")
                        .put("connections", 2));
        plan.getJsonArray("pools")
                .add(new JsonObject()
                        .put("name", "app")
                        .put("step", "kept")
                        .put("added", new JsonArray())
                        .put("removed", new JsonArray())
                        .put("changed", new JsonArray())
                        .put("in_flight", 0)
                        .put("moved_keys", 0.0));
        assertThat(PlanText.of(plan, Paint.NONE)).hasSize(1);
    }

    @Test
    void coloursAreForTerminalsAndNothingMovesTheCursor() {
        plan.getJsonArray("changes")
                .add(new JsonObject()
                        .put("change", "added")
                        .put("path", "pools.x\u001b[2J")
                        .put("from", "")
                        .put("to", ""));
        assertThat(PlanText.of(plan, new Paint(true))).last().isEqualTo("\u001b[32m+ pools.x.[2J\u001b[0m");
        assertThat(PlanText.of(plan, Paint.NONE)).last().isEqualTo("+ pools.x.[2J");
    }
}

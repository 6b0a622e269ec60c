package io.fairlead.admin.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.admin.ScriptedProgram;
import io.fairlead.health.Health;
import io.fairlead.health.HealthState;
import io.fairlead.health.Source;
import io.fairlead.pool.Pool;
import io.fairlead.pool.PoolBuilder;
import io.fairlead.stats.ProcessStats;
import io.fairlead.stats.sample.Stats;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The members as a table. */
class StatusTableTest {
    private static final String HEADER =
            "pool,id,address,health,admin,since,reason,weight,effective_weight,in_flight,requests_total,requests_per_second,"
                    + "share_1m,expected_share,responses_2xx,responses_3xx,responses_4xx,responses_5xx,errors_connect,errors_reset,"
                    + "errors_timeout,retries_from,retries_to,ejections,p50_ms,p90_ms,p99_ms,p999_ms,max_ms,sent_bytes,received_bytes";

    private final ScriptedProgram program = new ScriptedProgram();
    private final Stats stats = new Stats(() -> 0);

    @Test
    void aRowPerMemberUnderTheHeaderWithTheNumbersOfTheDocument() {
        program.addPool("app");
        List<String> lines = table();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).isEqualTo(HEADER);
        assertThat(lines.get(1))
                .isEqualTo(
                        "app,127.0.0.1:9001,127.0.0.1:9001,up,ready,2026-01-02T03:04:05Z,no health check is configured,"
                                + "1,1,0,0,0,,0.333,0,0,0,0,0,0,0,0,0,0,,,,,,0,0");
        assertThat(lines.get(2)).startsWith("app,blue,127.0.0.1:9002,up,ready,");
    }

    @Test
    void whatASpreadsheetWouldTakeForAFormulaIsQuotedAndSoAreCommas() {
        Pool pool = program.add(new PoolBuilder("=1+1")
                .member("127.0.0.1:1", "@SUM(A1)", 1, 0)
                .member("127.0.0.1:2", "-2,\"x\"", 1, 0)
                .member("127.0.0.1:3", "a=b", 1, 0));
        pool.observe(
                pool.members().get(2),
                new Health(HealthState.DOWN, ScriptedProgram.START, Source.ACTIVE, "+1\r\nsaid \"no\""));
        String table = StatusTable.of(status());
        assertThat(table)
                .contains("\r\n'=1+1,'@SUM(A1),127.0.0.1:1,")
                .contains("\r\n'=1+1,\"'-2,\"\"x\"\"\",127.0.0.1:2,")
                .contains("\r\n'=1+1,a=b,127.0.0.1:3,down,ready,2026-01-02T03:04:05Z,\"'+1\r\nsaid \"\"no\"\"\",1,0,");
    }

    private List<String> table() {
        return StatusTable.of(status()).lines().toList();
    }

    private JsonObject status() {
        stats.sample();
        return new StatusDocument(ScriptedProgram.START, stats.snapshot(), new ProcessStats(1, 10, 2, 3, 3, 4, 4))
                .render(program);
    }
}

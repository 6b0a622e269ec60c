package io.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.admin.program.Control;
import io.fairlead.admin.program.LoadedConfig;
import io.fairlead.admin.program.Trial;
import io.fairlead.health.Health;
import io.fairlead.health.HealthState;
import io.fairlead.health.Source;
import io.fairlead.pool.Pool;
import io.fairlead.pool.PoolBuilder;
import io.vertx.core.Future;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The API's own description: all that is served stands there, all that stands there is served, and answers are as it says. */
@Timeout(60)
class OpenApiIT {
    private static final JsonObject DOCUMENT = OpenApi.read();

    @RegisterExtension
    private final OperatorWindow window = new OperatorWindow();

    private final Pool app = window.program.add(new PoolBuilder("app").members(1, 2));

    @BeforeEach
    void muchHappened() {
        window.program.checks = member -> Future.succeededFuture(
                new Health(HealthState.UP, ScriptedProgram.START, Source.ACTIVE, "2 of 2 probes passed"));
        window.program.lastReload = Optional.of(new LoadedConfig.Reload(ScriptedProgram.START, true, "all"));
        window.program.control.onTrial = Optional.of(new Control.OnTrial(
                new Trial(Duration.ofSeconds(60), OptionalDouble.of(0.5)), ScriptedProgram.START, 0.25));
        window.run(() -> {
            ScriptedProgram.takeDown(app, 0);
            app.order(app.members().get(1), 5);
        });
        window.pass(Duration.ofSeconds(1));
    }

    @Test
    void allThatIsServedIsDescribedAndAllThatIsDescribedIsServed() {
        Set<String> assets = Page.files().stream().map(Page::path).collect(Collectors.toSet());
        Set<String> served = new TreeSet<>();
        for (Route route : window.routes()) {
            if (route.methods() != null && !assets.contains(route.getName())) {
                route.methods().stream()
                        .filter(method -> !method.name().equals("HEAD"))
                        .forEach(method ->
                                served.add(method + " " + route.getName().replaceAll(":(\\w+)", "{$1}")));
            }
        }
        assertThat(served)
                .hasSizeGreaterThan(20)
                .contains("GET /livez", "DELETE /api/v1/pools/{pool}/members/{member}");
        Set<String> described =
                new TreeSet<>(operations().map(Operation::toString).toList());
        assertThat(described).isEqualTo(served);
    }

    record Operation(String method, String path, JsonObject json) {
        @Override
        public String toString() {
            return method + " " + path;
        }

        String example() {
            return path.replace("{pool}", "app").replace("{member}", "a");
        }

        /** Of the answer in JSON to a request that is right; null if there is none. */
        JsonObject schema() {
            JsonObject responses = json.getJsonObject("responses");
            String well = responses.fieldNames().stream()
                    .filter(code -> code.startsWith("2"))
                    .findFirst()
                    .orElseThrow();
            return responses
                    .getJsonObject(well)
                    .getJsonObject("content", new JsonObject())
                    .getJsonObject("application/json", new JsonObject())
                    .getJsonObject("schema");
        }

        boolean takesBody() {
            return json.containsKey("requestBody");
        }
    }

    private static Stream<Operation> operations() {
        JsonObject paths = DOCUMENT.getJsonObject("paths");
        return paths.fieldNames().stream().flatMap(path -> {
            JsonObject item = paths.getJsonObject(path);
            return item.fieldNames().stream()
                    .filter(name -> !name.equals("parameters"))
                    .map(name -> new Operation(name.toUpperCase(Locale.ROOT), path, item.getJsonObject(name)));
        });
    }

    private static List<Operation> answeredInJson() {
        return operations().filter(operation -> operation.schema() != null).toList();
    }

    @ParameterizedTest
    @MethodSource("answeredInJson")
    void anAnswerIsAsItIsDescribed(Operation operation) throws Exception {
        String body = operation.method().equals("PATCH") ? "{\"weight\":7}" : "{\"address\":\"10.0.0.13:9001\"}";
        OperatorWindow.Answer answer = operation.takesBody()
                ? window.send(operation.method(), operation.example(), body, "content-type", "application/json")
                : window.ask(operation.method(), operation.example());
        assertThat(operation.json().getJsonObject("responses").fieldNames()).contains(String.valueOf(answer.status()));
        assertThat(answer.status()).isBetween(200, 299);
        assertThat(answer.contentType()).startsWith("application/json");
        assertThat(JsonSchema.faults(DOCUMENT, operation.schema(), Json.decodeValue(answer.body())))
                .isEmpty();
    }

    @Test
    void aProblemIsAsItIsDescribed() throws Exception {
        window.program.control.refuse("config.toml:3: no");
        JsonObject schema = new JsonObject().put("$ref", "#/components/schemas/Problem");
        for (OperatorWindow.Answer answer :
                List.of(window.get("/api/v1/pools/none"), window.ask("POST", "/api/v1/config/reload"))) {
            assertThat(answer.contentType()).isEqualTo("application/problem+json");
            assertThat(JsonSchema.faults(DOCUMENT, schema, answer.json())).isEmpty();
        }
    }

    @Test
    void aFaultWouldBeFound() throws Exception {
        JsonObject schema = new JsonObject().put("$ref", "#/components/schemas/Config");
        JsonObject config = window.get("/api/v1/config").json();
        assertThat(JsonSchema.faults(DOCUMENT, schema, config)).isEmpty();
        config.put("revision", "1").remove("file");
        config.getJsonObject("on_trial").put("until", 5);
        config.getJsonArray("drift").add(5);
        assertThat(JsonSchema.faults(DOCUMENT, schema, config))
                .anyMatch(fault -> fault.equals("$.revision: no integer: 1"))
                .anyMatch(fault -> fault.equals("$: has no \"file\""))
                .anyMatch(fault -> fault.startsWith("$.on_trial: fits 0 of the choices"))
                .anyMatch(fault -> fault.equals("$.drift[1]: no object: 5"));
    }

    @Test
    void everyChangeSaysWhoMayAndWhatMayGoWrong() {
        assertThat(operations().filter(operation -> !operation.method().equals("GET")))
                .isNotEmpty()
                .allSatisfy(operation -> {
                    assertThat(operation.json().getJsonArray("security"))
                            .isEqualTo(new JsonArray("[{},{\"token\":[]}]"));
                    assertThat(operation.json().getJsonObject("responses").fieldNames())
                            .contains("400", "401", "403", "412", "413", "415");
                });
    }

    @Test
    void whatIsReferredToIsThere() {
        Set<String> references = Pattern.compile("\"\\$ref\":\"#/([^\"]+)\"")
                .matcher(DOCUMENT.encode())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        assertThat(references).isNotEmpty().allSatisfy(reference -> {
            Object found = DOCUMENT;
            for (String part : reference.split("/", -1)) {
                found = ((JsonObject) found).getValue(part);
            }
            assertThat(found).as(reference).isInstanceOf(JsonObject.class);
        });
    }

    @Test
    void itIsOfTheVersionThatRuns() throws Exception {
        JsonObject served = window.get("/api/v1/openapi.json").json();
        assertThat(served.getJsonObject("info").getString("version")).isEqualTo("1.2.3");
        assertThat(served.getString("openapi")).isEqualTo("3.1.0");
    }
}

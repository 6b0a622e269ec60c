package io.fairlead.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The README's plug-in, word for word: built with the README's commands, checked, run, and tested with the contract. */
class PluginIT {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
    private static final Pattern ADDRESS = Pattern.compile("\"10\\.[\\d.]+:9001\"");
    private static final int REQUESTS = 100;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<HttpServer> members = new ArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path home;

    private static String block(int index, String language) throws IOException {
        String section = Files.readString(Path.of("README.md"))
                .split("### Strategies of your own\n", 2)[1]
                .split("\n## ", 2)[0];
        List<String> blocks = BLOCK.matcher(section)
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
        return blocks.get(index);
    }

    /** Does what the README says, up to the check. */
    @BeforeAll
    static void build() throws Exception {
        Path jar = Files.createDirectories(home.resolve("target")).resolve("fairlead.jar");
        Files.copy(Path.of(System.getProperty("fairlead.jar", "target/fairlead.jar")), jar);
        Files.writeString(home.resolve("ByZone.java"), block(0, "java"));
        Files.writeString(home.resolve("ByZoneTest.java"), block(1, "java"));
        Files.writeString(home.resolve("by-zone.toml"), block(0, "toml"));
        String commands = "set -e; cd '" + home + "'; PATH='" + System.getProperty("java.home") + "/bin':$PATH\n"
                + block(0, "sh");
        try (Daemon shell = Daemon.start("sh", "-c", commands)) {
            assertThat(shell.exitCode()).as(shell.output()).isZero();
            assertThat(shell.output())
                    .contains("by-zone.toml: fine", "pool app  by-zone")
                    .contains("plug-in " + home.resolve("target/plugins/by-zone.jar") + "  strategy by-zone");
        }
    }

    @AfterEach
    void stop() {
        members.forEach(member -> member.stop(0));
    }

    @Test
    void checkNamesThePluginInJsonToo() throws Exception {
        try (Daemon check =
                fairlead("check", "--json", "-c", home.resolve("by-zone.toml").toString())) {
            assertThat(check.exitCode()).as(check.output()).isZero();
            JsonObject plugin =
                    new JsonObject(check.output()).getJsonArray("plugins").getJsonObject(0);
            assertThat(plugin.getString("jar")).endsWith("plugins/by-zone.jar");
            assertThat(plugin.getJsonArray("strategies")).containsExactly("by-zone");
            assertThat(plugin.getJsonArray("probes")).isEmpty();
        }
    }

    @Test
    void requestsStayInTheZone() throws Exception {
        Path config = Files.writeString(home.resolve("run.toml"), """
                [admin]
                address = "127.0.0.1:0"
                [shutdown]
                grace = "1s"
                [[listeners]]
                address = "127.0.0.1:0"
                """ + withMembers(block(0, "toml")));
        try (Daemon fairlead = fairlead("run", "-c", config.toString())) {
            Serving serving = Serving.of(fairlead);
            assertThat(fairlead.output()).contains("plugins/by-zone.jar  strategy by-zone");
            for (int i = 0; i < REQUESTS; i++) {
                assertThat(get(serving.url())).isEqualTo("fine");
            }
            Daemon.await("all requests counted", () -> total(shares(serving)) == REQUESTS);
            assertThat(shares(serving)).isEqualTo(Map.of("eu-1", 50L, "eu-2", 50L, "us-1", 0L));
            fairlead.signal("TERM");
            assertThat(fairlead.exitCode()).as(fairlead.output()).isZero();
        }
    }

    @Test
    void aBadOptionIsAPlacedError() throws Exception {
        Path config = Files.writeString(
                home.resolve("bad.toml"), block(0, "toml").replace("zone = \"eu\"", "zone = \"EU!\""));
        for (String command : new String[] {"check", "run"}) {
            assertThat(refusal(command, config))
                    .contains("bad.toml:3: pools.app.zone: \"EU!\" (expected: letters and digits)");
        }
        Files.writeString(config, block(0, "toml").replace("zone = \"eu\"\n", ""));
        assertThat(refusal("check", config)).contains("pools.app.zone: missing (there is no default)");
        Files.writeString(config, block(0, "toml").replace("by-zone", "by-zones"));
        assertThat(refusal("check", config))
                .contains("bad.toml:2: pools.app.strategy")
                .contains("did you mean \"by-zone\"?");
    }

    @Test
    void aPluginThatCannotBeUsedIsAnErrorInWords() throws Exception {
        Path broken = Files.writeString(home.resolve("target/plugins/broken.jar"), "no zip");
        try {
            for (String command : new String[] {"check", "run"}) {
                assertThat(refusal(command, home.resolve("by-zone.toml")))
                        .contains("fairlead: " + broken + ": not a jar that can be read")
                        .doesNotContain("\tat ", "serves on");
            }
        } finally {
            Files.delete(broken);
        }
    }

    @Test
    void aPluginThatLacksAClassAtTheLastMomentIsAnErrorInWords() throws Exception {
        Path lacking = home.resolve("lacking/plugins/by-zone.jar");
        Files.createDirectories(lacking.getParent());
        Path jar = Files.copy(home.resolve("target/fairlead.jar"), home.resolve("lacking/fairlead.jar"));
        String commands = "set -e; cd '" + home + "'; PATH='" + System.getProperty("java.home") + """
                /bin':$PATH
                sed 's/return candidates -> {/new Absent(); &/; $a class Absent {}' ByZone.java > lacking/ByZone.java
                javac -cp target/fairlead.jar -d lacking/classes lacking/ByZone.java
                rm lacking/classes/com/example/Absent.class
                cp -r classes/META-INF lacking/classes
                jar --create --file lacking/plugins/by-zone.jar -C lacking/classes .
                """;
        try (Daemon shell = Daemon.start("sh", "-c", commands)) {
            assertThat(shell.exitCode()).as(shell.output()).isZero();
        }
        for (String command : new String[] {"check", "run"}) {
            try (Daemon fairlead = Daemon.start(
                    System.getProperty("java.home") + "/bin/java",
                    "-jar",
                    jar.toString(),
                    command,
                    "-c",
                    home.resolve("by-zone.toml").toString())) {
                assertThat(fairlead.exitCode()).as(fairlead.output()).isEqualTo(1);
                assertThat(fairlead.output())
                        .contains(
                                "fairlead: " + lacking + ": com.example.ByZone: cannot make the strategy: ",
                                "com/example/Absent")
                        .doesNotContain("\tat ", "serves on");
            }
        }
    }

    @Test
    void aPluginOnTheClassPathIsFoundToo() throws Exception {
        String classPath = System.getProperty("fairlead.jar", "target/fairlead.jar") + ":" + home.resolve("classes");
        try (Daemon check = Daemon.start(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                classPath,
                "io.fairlead.Main",
                "check",
                "-c",
                home.resolve("by-zone.toml").toString())) {
            assertThat(check.exitCode()).as(check.output()).isZero();
            assertThat(check.output()).contains("plug-in " + home.resolve("classes") + "  strategy by-zone");
        }
    }

    private static String refusal(String command, Path config) throws Exception {
        try (Daemon fairlead = fairlead(command, "-c", config.toString())) {
            assertThat(fairlead.exitCode()).as(fairlead.output()).isEqualTo(1);
            return fairlead.output();
        }
    }

    @Test
    void itPassesTheContractThatComesAsAnArtifact() throws Exception {
        String contract = System.getProperty("fairlead.contract.jar", "target/fairlead-contract.jar");
        try (JarFile jar = new JarFile(contract)) {
            assertThat(jar.stream().map(JarEntry::getName).filter(name -> name.endsWith(".class")))
                    .allMatch(name ->
                            name.matches("io/fairlead/balance/(StrategyContract|ContractTraffic)(\\$.*)?\\.class"));
        }
        Path tests = Files.createDirectories(home.resolve("test-classes"));
        String classPath = home.resolve("classes") + ":" + home.resolve("target/fairlead.jar") + ":" + contract;
        try (Daemon javac = Daemon.start(
                System.getProperty("java.home") + "/bin/javac",
                "-proc:none",
                "-cp",
                classPath + ":" + testLibraries(),
                "-d",
                tests.toString(),
                home.resolve("ByZoneTest.java").toString())) {
            assertThat(javac.exitCode()).as(javac.output()).isZero();
        }
        TestExecutionSummary summary = run("com.example.ByZoneTest", tests + ":" + classPath);
        assertThat(summary.getFailures()).isEmpty();
        assertThat(summary.getTestsSucceededCount()).isGreaterThanOrEqualTo(10);
        assertThat(summary.getTestsAbortedCount()).as("the weights").isEqualTo(2);
    }

    /** Runs a test class of this class path, of whose world this test shares only JUnit and AssertJ. */
    private static TestExecutionSummary run(String testClass, String classPath) throws Exception {
        ClassLoader libraries = new ClassLoader(ClassLoader.getPlatformClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                if (!name.matches("org\\.(junit|assertj|opentest4j|apiguardian)\\..*")) {
                    throw new ClassNotFoundException(name);
                }
                return PluginIT.class.getClassLoader().loadClass(name);
            }
        };
        List<URL> urls = new ArrayList<>();
        for (String entry : classPath.split(":", -1)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        try (URLClassLoader world = new URLClassLoader(urls.toArray(URL[]::new), libraries)) {
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(DiscoverySelectors.selectClass(world.loadClass(testClass)))
                                    .build(),
                            listener);
        }
        return listener.getSummary();
    }

    /** JUnit and AssertJ, from the class path of this test. */
    private static String testLibraries() {
        return Pattern.compile(":")
                .splitAsStream(System.getProperty("java.class.path"))
                .filter(entry -> entry.matches(".*/(junit-|assertj-|opentest4j-|apiguardian-)[^/]*\\.jar"))
                .collect(Collectors.joining(":"));
    }

    /** The packaged Fairlead that has the plug-in beside it. */
    private static Daemon fairlead(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx128m",
                "-jar",
                home.resolve("target/fairlead.jar").toString()));
        command.addAll(List.of(args));
        return Daemon.start(command.toArray(String[]::new));
    }

    /** The file with servers of this test in the place of its members. */
    private String withMembers(String toml) throws IOException {
        Matcher matcher = ADDRESS.matcher(toml);
        StringBuilder text = new StringBuilder();
        while (matcher.find()) {
            HttpServer member = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            member.createContext("/", exchange -> {
                exchange.sendResponseHeaders(200, 4);
                exchange.getResponseBody().write(new byte[] {'f', 'i', 'n', 'e'});
                exchange.close();
            });
            member.start();
            members.add(member);
            matcher.appendReplacement(text, "\"127.0.0.1:" + member.getAddress().getPort() + "\"");
        }
        assertThat(members).hasSize(3);
        return matcher.appendTail(text).toString();
    }

    private Map<String, Long> shares(Serving serving) {
        JsonObject pool = new JsonObject(get(serving.page() + "api/v1/pools/app"));
        return Replicas.members(pool)
                .collect(
                        Collectors.toMap(member -> member.getString("id"), member -> member.getLong("requests_total")));
    }

    private static long total(Map<String, Long> shares) {
        return shares.values().stream().mapToLong(n -> n).sum();
    }

    private String get(String url) {
        try {
            return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(url, e);
        }
    }
}

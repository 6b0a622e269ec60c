package io.fairlead.cli;

import io.fairlead.LoadBalancer;
import io.fairlead.config.ConfigReader;
import io.fairlead.config.Reading;
import io.fairlead.network.Network;
import io.fairlead.network.Transport;
import io.fairlead.reload.ConfigSource;
import io.fairlead.settings.ListenAddress;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fairlead demo}: the load balancer before app instances of its own, with light traffic. */
@Command(
        name = "demo",
        description = "Run before app instances of its own, with light traffic: something to look at.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--replicas",
            paramLabel = "N",
            description = "App instances, 1 to 100 (default: ${DEFAULT-VALUE}).")
    private int replicas = 3;

    @Option(names = "--no-traffic", description = "Send no requests of its own.")
    private boolean noTraffic;

    @Option(names = "--port", description = "Where it listens on loopback (default: ${DEFAULT-VALUE}; 0: any).")
    private int port = 8080;

    @Option(names = "--admin-port", description = "Where the status page is (default: ${DEFAULT-VALUE}; 0: any).")
    private int adminPort = 9090;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (spec == null) {
            throw new IllegalStateException("spec: missing (expected: set by picocli)");
        }
        if (replicas < 1 || replicas > 100) {
            throw new ParameterException(spec.commandLine(), "--replicas: " + replicas + " (expected: 1 to 100)");
        }
        PrintWriter out = spec.commandLine().getOut();
        Service service = new Service();
        Vertx vertx = Vertx.vertx();
        try {
            List<DemoReplica> apps = DemoReplica.start(vertx, replicas);
            Reading reading = config(apps);
            LoadBalancer balancer = Service.await(LoadBalancer.start(
                    ConfigSource.of("demo", reading), reading, Network.on(Transport.AUTO), System.out));
            ListenAddress listener = balancer.listeners().get(0).address();
            DemoTraffic traffic = new DemoTraffic(vertx, listener);
            if (!noTraffic) {
                traffic.start();
            }
            out.println(RunCommand.servingLine(balancer));
            out.println("Before it stand " + replicas + " app instances of its own. Ask one:  curl -i http://"
                    + listener + "/");
            out.println("Watch them all:  http://" + balancer.adminAddress() + "/   (Ctrl-C stops)");
            out.flush();
            service.untilSignal(balancer);
            traffic.stop();
        } finally {
            Service.await(vertx.close());
        }
        return FairleadCommand.FINE;
    }

    private Reading config(List<DemoReplica> apps) throws Exception {
        String members = apps.stream()
                .map(app -> "{ address = \"" + app.address() + "\", id = \"" + app.name() + "\" }")
                .collect(Collectors.joining(", "));
        String text = """
            [[listeners]]
            address = "127.0.0.1:%d"

            [admin]
            address = "127.0.0.1:%d"

            [shutdown]
            grace = "1s"

            [pools.app]
            members = [%s]

            [pools.app.health]
            path = "/health"
            interval = "1s"
            """.formatted(port, adminPort, members);
        return new ConfigReader(Map.of()).readWithWarnings("demo", text, Path.of("."));
    }
}

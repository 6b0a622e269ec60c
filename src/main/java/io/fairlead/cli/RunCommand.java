package io.fairlead.cli;

import io.fairlead.LoadBalancer;
import io.fairlead.admin.program.BoundListener;
import io.fairlead.config.ConfigException;
import io.fairlead.config.Reading;
import io.fairlead.network.Network;
import io.fairlead.network.Transport;
import io.fairlead.reload.ConfigSource;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fairlead run}: the load balancer, in the foreground. */
@Command(name = "run", description = "Run the load balancer; the default command.", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            defaultValue = "config.toml",
            description = "The configuration (default: ${DEFAULT-VALUE}).")
    private Path file = Path.of("config.toml");

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "auto, epoll, io-uring or nio (default: ${DEFAULT-VALUE}).")
    private Transport transport = Transport.AUTO;

    @Option(
            names = "--takeover",
            description = {
                "Listen where another fairlead of the same user listens, and get all new connections from then on.",
                "To replace it without losing a request: start this one, wait until it says that it serves, and send the other one"
                        + " SIGTERM. Complete on Linux with epoll or io-uring."
            })
    private boolean takeover;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec().commandLine().getOut();
        PrintWriter err = spec().commandLine().getErr();
        Service service = new Service();
        Plugin.all().forEach(plugin -> LOG.info("{}", plugin.line()));
        ConfigSource source = ConfigSource.file(file, System.getenv());
        Reading reading;
        try {
            reading = source.read();
        } catch (ConfigException e) {
            err.println(e.getMessage());
            return FairleadCommand.ERRORS;
        }
        reading.warnings().forEach(err::println);
        Network network = takeover ? Network.takingOver(transport) : Network.on(transport);
        LoadBalancer balancer = Service.await(LoadBalancer.start(source, reading, network, System.out));
        out.println(servingLine(balancer));
        out.flush();
        service.untilSignal(balancer);
        return FairleadCommand.FINE;
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("spec: missing (expected: set by picocli)");
        }
        return spec;
    }

    /** What is printed when it serves. */
    static String servingLine(LoadBalancer balancer) {
        String listeners = balancer.listeners().stream()
                .map(BoundListener::address)
                .map(address -> "http://" + address)
                .collect(Collectors.joining(", "));
        return "fairlead " + balancer.version() + " serves on " + listeners + "; status page http://"
                + balancer.adminAddress() + "/";
    }
}

package io.fairlead.program;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** A member that Fairlead did not write: one nginx process, which can be killed and started again on the same port. */
public final class Nginx implements AutoCloseable {
    private static final String CONFIG = """
            daemon off;
            master_process off;
            pid %1$s/pid;
            error_log %1$s/error.log;
            events { worker_connections 4096; }
            http {
              access_log off;
              keepalive_requests 1000000000;
              client_body_temp_path %1$s/body;
              proxy_temp_path %1$s/proxy;
              fastcgi_temp_path %1$s/fastcgi;
              uwsgi_temp_path %1$s/uwsgi;
              scgi_temp_path %1$s/scgi;
              server { listen 127.0.0.1:%2$d; location / { return 200 "from %2$d\\n"; } }
            }
            """;

    private final int port;
    private final Path config;
    private Daemon process;

    private Nginx(int port, Path config) throws Exception {
        this.port = port;
        this.config = config;
        this.process = run();
    }

    /** Whether there is an nginx to start. */
    public static boolean isInstalled() {
        return Files.isExecutable(Path.of("/usr/sbin/nginx"));
    }

    /** Starts one on a free port, with its files in the directory. */
    public static Nginx start(Path directory) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path home = Files.createDirectories(directory.resolve(Integer.toString(port)));
        return new Nginx(port, Files.writeString(home.resolve("nginx.conf"), CONFIG.formatted(home, port)));
    }

    private Daemon run() throws Exception {
        Daemon started = Daemon.start("/usr/sbin/nginx", "-c", config.toString());
        Daemon.await("nginx listens on " + port, this::listens);
        return started;
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    public String address() {
        return "127.0.0.1:" + port;
    }

    /** As kill -9 does. */
    public void kill() {
        process.close();
    }

    public void restart() throws Exception {
        process = run();
    }

    @Override
    public void close() {
        process.close();
    }
}

package io.fairlead.cli.status;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The terminal that the program was started in, taken over as a whole and given back as it was, however the program ends. Its size and
 * its manners are {@code stty}'s business: that is on every system that has terminals.
 */
final class Terminal implements AutoCloseable {
    private static final String ENTER = "\u001b[?1049h\u001b[?25l";
    private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
    private static final String HOME = "\u001b[H";
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";

    /** Why the waiting has an end. */
    enum Reason {
        /** The time is over. */
        TIME,
        /** The window has another size. */
        SIZE,
        /** Somebody wants to leave. */
        QUIT
    }

    private final PrintWriter out;
    private final String manners;
    private final Thread giveBack = new Thread(this::leave, "terminal");
    /** A permit for each reason not to wait any longer. */
    private final Semaphore events = new Semaphore(0);
    // Written by the thread that reads keys.
    private volatile boolean quit;

    private Terminal(PrintWriter out) {
        this.out = out;
        this.manners = stty("-g").strip();
    }

    /** Whether somebody sits there: neither input nor output is a file or a pipe. */
    static boolean isThere() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // Since Java 22 there is a console without a terminal, too, and it says so.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }

    /** Takes it over. */
    static Terminal open(PrintWriter out) {
        Terminal terminal = new Terminal(out);
        Runtime.getRuntime().addShutdownHook(terminal.giveBack);
        stty("-icanon", "-echo");
        out.print(ENTER);
        out.flush();
        sun.misc.Signal.handle(new sun.misc.Signal("WINCH"), signal -> terminal.events.release());
        Thread keys = new Thread(terminal::readKeys, "keys");
        keys.setDaemon(true);
        keys.start();
        return terminal;
    }

    private void readKeys() {
        try {
            for (int key = System.in.read(); key >= 0; key = System.in.read()) {
                if (key == 'q' || key == 'Q') {
                    quit = true;
                    events.release();
                    return;
                }
            }
        } catch (IOException e) {
            // then Ctrl-C is what ends it
        }
    }

    /** How large its window is now. */
    Size size() {
        return Size.parse(stty("size"));
    }

    /** Shows these lines, of which each fits, and nothing else. */
    void show(List<String> lines) {
        StringBuilder frame = new StringBuilder(HOME);
        for (int i = 0; i < lines.size(); i++) {
            frame.append(i == 0 ? "" : "\r\n").append(lines.get(i)).append(CLEAR_LINE);
        }
        out.print(frame.append(CLEAR_BELOW));
        out.flush();
    }

    /** Waits a while, or until there is another reason to go on. */
    Reason await(long millis) throws InterruptedException {
        boolean early = events.tryAcquire(millis, TimeUnit.MILLISECONDS);
        events.drainPermits();
        return quit ? Reason.QUIT : early ? Reason.SIZE : Reason.TIME;
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(giveBack);
        leave();
    }

    private void leave() {
        out.print(LEAVE);
        out.flush();
        if (!manners.isEmpty()) {
            stty(manners);
        }
    }

    /** What it says; nothing if there is no such command. */
    private static String stty(String... args) {
        List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(List.of(args));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            process.waitFor();
            return said;
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}

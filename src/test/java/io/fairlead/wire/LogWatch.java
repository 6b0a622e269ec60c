package io.fairlead.wire;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/**
 * Keeps what must not be logged while Fairlead serves: errors (an uncaught exception on an event loop and a leaked buffer
 * are logged as such) and Netty's warnings (an exception that reached the end of a pipeline).
 */
final class LogWatch extends AppenderBase<ILoggingEvent> {
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    /** Begins to listen. */
    static LogWatch begin() {
        LogWatch watch = new LogWatch();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        watch.setContext(root.getLoggerContext());
        watch.start();
        root.addAppender(watch);
        return watch;
    }

    /** Ends listening, and fails if there is a complaint. */
    void end() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(this);
        if (!complaints.isEmpty()) {
            throw new AssertionError("logged meanwhile:\n" + String.join("\n", complaints));
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        boolean netty = event.getLoggerName().startsWith("io.netty");
        if (event.getLevel().isGreaterOrEqual(netty ? Level.WARN : Level.ERROR)) {
            IThrowableProxy thrown = event.getThrowableProxy();
            complaints.add(event + (thrown == null ? "" : "\n" + ThrowableProxyUtil.asString(thrown)));
        }
    }
}
